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
  // Loaded a second time: whatever is there keeps working.
  if (earlier && !Array.isArray(earlier)) return;
  const { currentScript } = document;
  // An element that is merely named `currentScript` would come first, and its address with it.
  const script =
    (currentScript instanceof HTMLScriptElement && currentScript) ||
    document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
  if (!script) return console.error("Deskbell: cannot find its own script tag.");

  const base = new URL(".", script.src).href;
  const { autoBoot = true, ...global } = window.deskbellSettings ?? {};
  const api = createApi(readSettings(script.dataset, global), {
    base,
    link: takeLink(),
    importPanel: (failures): Promise<PanelModule> =>
      import(/* @vite-ignore */ `${base}${PANEL_FILE}${failures ? `?retry=${failures}` : ""}`),
  });
  window.Deskbell = api;
  if (autoBoot) api.boot();
  api.push(...(earlier ?? []));
}

start();
