import type { Clock } from "../shared/clock.js";

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  private time = 0;
  private timers: { at: number; f: () => void }[] = [];

  /** What random() answers. */
  chance = 0.5;

  now(): number {
    return this.time;
  }

  random(): number {
    return this.chance;
  }

  after(ms: number, f: () => void): () => void {
    const timer = { at: this.time + ms, f };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((t) => t !== timer);
    };
  }

  /** Lets `ms` milliseconds pass, and everything happen that waits for them. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settled();
    for (;;) {
      const next = this.timers
        .filter(({ at }) => at <= end)
        .sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((t) => t !== next);
      this.time = next.at;
      next.f();
      await settled();
    }
    this.time = end;
  }
}

/** All promises that are settled already have told those who wait for them. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
