/** When to try again: exponential with full jitter, so that a thousand clients do not return as one. */

export const BASE_MS = 500;
export const CAP_MS = 20_000;

/** Milliseconds before attempt number `attempt` (0 is the first repetition). */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt);
}
