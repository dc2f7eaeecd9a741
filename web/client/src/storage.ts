/** Where texts wait between page loads: `localStorage`, or memory where that is refused. */

export interface KeyValues {
  keys(): string[];
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export function inMemory(): KeyValues {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
  };
}

/** Blocked cookies make the very access throw, a full disk makes writing throw: memory takes over. */
export function persistent(storage: () => Storage): KeyValues {
  const memory = inMemory();
  const attempt = <T>(action: (store: Storage) => T, fallback: T): T => {
    try {
      return action(storage());
    } catch {
      return fallback;
    }
  };
  return {
    keys: () => [...new Set([...attempt(Object.keys, []), ...memory.keys()])],
    get: (key) => memory.get(key) ?? attempt((store) => store.getItem(key), null),
    set(key, value) {
      const stored = attempt((store) => (store.setItem(key, value), true), false);
      if (stored) memory.remove(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.remove(key);
      attempt((store) => store.removeItem(key), undefined);
    },
  };
}
