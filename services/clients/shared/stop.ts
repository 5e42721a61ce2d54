import type { Clock } from "./clock.js";

/**
 * Tells work under way that nobody waits for it any longer: what an AbortSignal
 * is where there is one.
 */
export class Stop {
  private readonly listeners = new Set<() => void>();
  private isStopped = false;

  get stopped(): boolean {
    return this.isStopped;
  }

  /** Stops, once and for all. */
  stop(): void {
    this.isStopped = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }

  /**
   * Calls `listener` when this stops, at once when it has; what it returns
   * takes the listener away.
   */
  onStop(listener: () => void): () => void {
    if (this.isStopped) listener();
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Is over after `ms` milliseconds, or as soon as `stop` stops. */
export function pause(clock: Clock, ms: number, stop: Stop): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancelTimer();
      forget();
      resolve();
    };
    const cancelTimer = clock.after(ms, end);
    let forget = () => {};
    if (stop.stopped) end();
    else forget = stop.onStop(end);
  });
}
