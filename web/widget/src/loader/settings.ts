/** The host's settings: `window.deskbellSettings`, and above it the script tag's `data-*`. */

import type { Settings } from "../contract.ts";

const texts = ["identity", "locale", "theme", "color", "side", "title", "greeting", "layout"] as const;
const flags = ["open", "launcher", "sound", "eager"] as const;

/** An attribute that is there without a value means yes. */
const isOn = (value: string) => !/^(false|off|no|0)$/i.test(value);

export function readSettings(data: DOMStringMap, global: Settings = {}): Settings {
  const settings: Record<string, unknown> = { ...global };
  for (const name of texts) if (data[name] !== undefined) settings[name] = data[name];
  for (const name of flags) if (data[name] !== undefined) settings[name] = isOn(data[name]);
  if (data["zIndex"]) settings["zIndex"] = Number(data["zIndex"]);
  return settings;
}
