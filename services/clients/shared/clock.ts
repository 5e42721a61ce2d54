// Time and chance, as the outside world that tests replace.

// Both packages run where neither DOM nor Node types can be counted on.
declare function setTimeout(f: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;

export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** From 0 to less than 1. */
  random(): number;
  /** Calls `f` once after `ms` milliseconds, unless what it returns is called before. */
  after(ms: number, f: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, f) {
    const timer = setTimeout(f, ms);
    return () => clearTimeout(timer);
  },
};
