/** Times as people say them, by the browser's own `Intl`. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
];

/** "2 minutes ago"; under a minute, and for a clock that runs behind the server's, "now". */
export function ago(iso: string, now: number, locale: string): string {
  const passed = now - Date.parse(iso);
  for (const [unit, length] of STEPS) {
    // `numeric: auto` only for "now": "yesterday" would be wrong for 26 hours that span two midnights.
    if (passed >= length)
      return relative(locale, "always").format(-Math.floor(passed / length), unit);
  }
  return relative(locale, "auto").format(0, "second");
}

/** The day in the reader's time zone, as a key for grouping. */
export function dayOf(iso: string): string {
  const date = new Date(iso);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** "Today", "Yesterday", "Thursday 12 November", and with the year when it is another one. */
export function dayLabel(iso: string, now: number, locale: string): string {
  const date = new Date(iso);
  const days = Math.round((midnight(new Date(now)) - midnight(date)) / DAY);
  if (days === 0 || days === 1) {
    const word = relative(locale, "auto").format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  return dates(locale, sameYear ? options : { ...options, year: "numeric" }).format(date);
}

export function clock(iso: string, locale: string): string {
  return dates(locale, { timeStyle: "short" }).format(new Date(iso));
}

export function dateAndTime(iso: string, locale: string): string {
  return dates(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

/** The name of a language in the reader's own; the tag itself where the browser knows none. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** In UTC, so that a day with a clock change still counts as one. */
function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

// Building an Intl formatter costs far more than using it, and a list needs one per row and tick.
const cache = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function cached<T extends Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  const known = cache.get(key) ?? make();
  cache.set(key, known);
  return known as T;
}

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(locale + JSON.stringify(options), () => new Intl.DateTimeFormat(locale, options));
}

function relative(locale: string, numeric: "always" | "auto"): Intl.RelativeTimeFormat {
  return cached(locale + numeric, () => new Intl.RelativeTimeFormat(locale, { numeric }));
}
