/** A page with the loader's launcher on it, and panels that only remember what they are told. */

import { expect, vi } from "vitest";
import type { Panel, PanelHost, Settings } from "../src/contract.ts";
import { createApi, type DeskbellApi } from "../src/loader/api.ts";

export type SilentPanel = { [Name in keyof Panel]: ReturnType<typeof vi.fn> };

export let api: DeskbellApi;
export const hosts: PanelHost[] = [];
export const panels: SilentPanel[] = [];
export const importPanel = vi.fn(async (_failures: number) => ({
  mount: async (host: PanelHost) => {
    hosts.push(host);
    const panel: SilentPanel = { setOpen: vi.fn(), send: vi.fn(), write: vi.fn(), destroy: vi.fn() };
    panels.push(panel);
    return panel as unknown as Panel;
  },
}));

export function load(settings: Settings = {}, link: string | null = null): DeskbellApi {
  api = createApi(settings, { base: "https://help.example/desk/", link, importPanel });
  return api;
}

export const root = () => document.getElementById("deskbell")!.shadowRoot!;
export const launcher = () => root().querySelector<HTMLButtonElement>(".launcher")!;
export const settled = () => vi.waitFor(() => expect(panels.length).toBeGreaterThan(0));

/** Before each test. */
export function setUp(): void {
  hosts.length = panels.length = 0;
  importPanel.mockClear();
  vi.stubGlobal("requestIdleCallback", (action: () => void) => setTimeout(action, 0));
  localStorage.clear();
  document.documentElement.lang = "en";
}

/** After each test. */
export function tearDown(): void {
  api?.shutdown();
  vi.unstubAllGlobals();
}
