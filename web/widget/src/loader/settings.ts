/** The host's settings as they come: out of `data-*`, out of an object, and never to be trusted with their types. */

import type { Settings } from "../contract.ts";

const kinds = [
  ["string", "identity locale theme color side title greeting layout text"],
  ["boolean", "open launcher sound eager titleBadge consent contact"],
  ["number", "zIndex offsetX offsetY"],
] as const;

/** Text becomes what is asked for; an attribute that is there without a value means yes. */
function convert(kind: string, value: unknown): unknown {
  if (typeof value !== "string" || kind === "string") return value;
  return kind === "number" ? parseFloat(value) : !/^(false|off|no|0)$/i.test(value);
}

/** Only a number that is none differs from itself. */
const isA = (kind: string, value: unknown) => typeof value === kind && value === value;

/** What is known and of the right type; the rest is none of ours, or a mistake that is said on the console. */
export function readSettings(given: unknown): Settings {
  const settings: Record<string, unknown> = {};
  for (const [kind, names] of kinds) {
    for (const name of names.split(" ")) {
      if (!Object.hasOwn(Object(given), name)) continue;
      const value = convert(kind, (given as Record<string, unknown>)[name]);
      const fits = name === "color" ? CSS.supports(name, `${value}`) : isA(kind, value) || (name === "identity" && isA("function", value));
      if (fits || value == null) settings[name] = value ?? undefined;
      else console.warn(`Deskbell: ${name} cannot be "${value}".`);
    }
  }
  return settings;
}
