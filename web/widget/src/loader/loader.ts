/** Entry of `widget.js`, a classic script: finds itself, reads the settings, puts up the launcher. */

import type { PanelModule, Settings } from "../contract.ts";
import { createApi, type DeskbellApi, type QueuedCall } from "./api.ts";
import { takeLink } from "./link.ts";
import { readSettings } from "./settings.ts";

/** The panel's hashed file, below the mount point; put in by the build. */
declare const PANEL_FILE: string;

declare global {
  interface Window {
    Deskbell?: DeskbellApi | QueuedCall[];
    deskbellSettings?: Settings & { autoBoot?: boolean };
  }
}

function start(): void {
  const earlier = window.Deskbell;
  const queue = Array.isArray(earlier) ? earlier : [];
  // Loaded a second time: whatever is there keeps working. An element of that id is nothing of ours.
  if (earlier && "push" in earlier && queue !== earlier) return;
  const { currentScript } = document;
  // An element that is merely named `currentScript` would come first, and its address with it.
  const script =
    (currentScript instanceof HTMLScriptElement && currentScript) ||
    document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
  if (!script) return console.error("Deskbell: cannot find its own script tag.");

  const base = new URL(".", script.src).href;
  const global = window.deskbellSettings;
  const api = createApi({ ...readSettings(global), ...readSettings(script.dataset) }, {
    base,
    link: takeLink(),
    importPanel: (failures): Promise<PanelModule> =>
      import(/* @vite-ignore */ `${base}${PANEL_FILE}${failures ? `?retry=${failures}` : ""}`),
  });
  window.Deskbell = api;
  if (global?.autoBoot !== false) api.boot();
  api.push(...queue);
}

start();
