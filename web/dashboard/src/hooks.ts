/** Between the stores and the components: state, time and a little patience. */

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Translator } from "./text.ts";

export interface Store<State> {
  getState(): State;
  subscribe(listener: (state: State) => void): () => void;
}

export function useStore<State>(store: Store<State>): State {
  const [state, setState] = useState(() => store.getState());
  useEffect(() => {
    // It may have changed between the first render and now.
    setState(() => store.getState());
    return store.subscribe((next) => setState(() => next));
  }, [store]);
  return state;
}

/** The present, every so often: "2 minutes ago" must not stand still. */
export function useNow(everyMs = 15_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** True once `condition` has held for a while: what heals in a moment needs no banner. */
export function useLasting(condition: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!condition) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [condition, forMs]);
  return lasting;
}

export const Words = createContext<Translator | null>(null);

export function useWords(): Translator {
  const words = useContext(Words);
  if (!words) throw new Error("A component was rendered outside <Words.Provider>");
  return words;
}
