// Follows what changes from a cursor on: as a stream where one can be had, by
// asking again where not. Everything is handed over once, in order.
import { systemClock, type Clock } from "./clock.js";
import { Code, JieduiError } from "./errors.js";
import { backOff, type RetryPolicy } from "./retry.js";
import { Stop, pause } from "./stop.js";

/** What stands after a cursor. */
export interface Page<Item, Cursor> {
  items: Item[];
  /** Where to go on. */
  next: Cursor;
  /** There was nothing after this page when it was made. */
  atEnd: boolean;
}

/** Where changes come from. Both fail with a JieduiError. */
export interface Source<Item, Cursor> {
  list(after: Cursor, stop: Stop): Promise<Page<Item, Cursor>>;
  /**
   * Hands over each item and the cursor behind it, one at a time, until the
   * server ends the stream or `stop` stops. Absent where the transport has no
   * streams.
   */
  stream?(
    after: Cursor,
    each: (item: Item, cursor: Cursor) => Promise<void>,
    stop: Stop,
  ): Promise<void>;
}

export type WatchState = "streaming" | "polling" | "retrying";

export interface WatchOptions<Item, Cursor> {
  /** Gets what is new, and the cursor to keep for resuming after it. The next
   * ones wait until what it returns is settled; when it throws, the watch ends
   * with that error. */
  onItems(items: Item[], cursor: Cursor): void | Promise<void>;
  /** Is told how the watch fares; "retrying" with the error behind it. */
  onState?(state: WatchState, error?: JieduiError): void;
  /** Time between two questions when polling; 10 s. */
  pollMs?: number;
  /** A stream silent for so long is checked by one question; 60 s. */
  silenceMs?: number;
  /** How long to poll after streams have failed; 5 minutes. */
  streamAgainMs?: number;
  clock?: Clock;
}

/** A watch under way. */
export interface Watch<Cursor> {
  /** What has been handed over so far: resume from here. */
  readonly cursor: Cursor;
  /** Ends it; nothing is handed over any longer. */
  stop(): void;
  /** Settles at the end: rejected when going on is pointless (a wrong request,
   * no permission) or `onItems` threw. */
  readonly done: Promise<void>;
}

const RETRY: RetryPolicy = { attempts: Infinity, initialMs: 500, maxMs: 30000 };

// Streams that fail so often in a row, without an item between, are given up
// for a while.
const STREAM_PATIENCE = 2;

// A stream that has lasted so long was a good one, whatever ended it.
const STEADY_MS = 10000;

// Errors that asking again does not mend.
const FINAL: readonly number[] = [
  Code.INVALID_ARGUMENT,
  Code.NOT_FOUND,
  Code.PERMISSION_DENIED,
  Code.FAILED_PRECONDITION,
  Code.OUT_OF_RANGE,
  Code.UNIMPLEMENTED,
  Code.UNAUTHENTICATED,
];

/** Follows `source` from behind `after` on. */
export function watch<Item, Cursor>(
  source: Source<Item, Cursor>,
  after: Cursor,
  options: WatchOptions<Item, Cursor>,
): Watch<Cursor> {
  const watcher = new Watcher(source, after, options);
  const done = watcher.run();
  // Whoever does not look at `done` has not asked for an unhandled rejection.
  done.catch(() => {});
  return {
    get cursor() {
      return watcher.cursor;
    },
    stop: () => watcher.stop.stop(),
    done,
  };
}

class Watcher<Item, Cursor> {
  readonly stop = new Stop();
  private readonly clock: Clock;
  private failures = 0;
  private streamFailures = 0;
  // Streams are not tried before; Infinity: never again.
  private streamFrom = 0;
  private delivering = false;
  // What onItems threw.
  private thrown: { error: unknown } | undefined;
  private state: WatchState | undefined;

  constructor(
    private readonly source: Source<Item, Cursor>,
    public cursor: Cursor,
    private readonly options: WatchOptions<Item, Cursor>,
  ) {
    this.clock = options.clock || systemClock;
  }

  async run(): Promise<void> {
    while (!this.stop.stopped) {
      try {
        if (this.source.stream && this.clock.now() >= this.streamFrom) {
          await this.stream();
        } else {
          await this.poll();
        }
      } catch (error) {
        if (this.thrown) throw this.thrown.error;
        if (this.stop.stopped) return;
        if (!(error instanceof JieduiError) || FINAL.includes(error.code)) {
          throw error;
        }
        this.tell("retrying", error);
        await this.wait(
          backOff(RETRY, Math.min(++this.failures, 10), this.clock),
        );
      }
    }
  }

  private wait(ms: number): Promise<void> {
    return pause(this.clock, ms, this.stop);
  }

  private tell(state: WatchState, error?: JieduiError): void {
    if (state === this.state && !error) return;
    this.state = state;
    this.options.onState?.(state, error);
  }

  private async deliver(items: Item[], cursor: Cursor): Promise<void> {
    this.delivering = true;
    try {
      if (items.length) await this.options.onItems(items, cursor);
      this.cursor = cursor;
      this.failures = 0;
    } catch (error) {
      this.thrown = { error };
      throw error;
    } finally {
      this.delivering = false;
    }
  }

  // One question, and the wait when there is nothing more.
  private async poll(): Promise<void> {
    this.tell("polling");
    const page = await this.source.list(this.cursor, this.stop);
    if (this.stop.stopped) return;
    await this.deliver(page.items, page.next);
    if (page.atEnd) await this.wait(this.options.pollMs ?? 10000);
  }

  // One stream, from its beginning to its end.
  private async stream(): Promise<void> {
    const inner = new Stop();
    const unlink = this.stop.onStop(() => inner.stop());
    const silence = new Silence(this.clock, this.options.silenceMs ?? 60000);
    let heldBack: Page<Item, Cursor> | undefined;
    const began = this.clock.now();
    const steady = () => this.clock.now() - began >= STEADY_MS;
    let heard = false;
    silence.begin(async () => {
      heldBack = await this.findHeldBack(inner);
      if (!heldBack) return;
      silence.end();
      inner.stop();
    });
    try {
      this.tell("streaming");
      await this.source.stream!(
        this.cursor,
        async (item, cursor) => {
          if (inner.stopped) return;
          heard = true;
          silence.restart();
          this.streamFailures = 0;
          await this.deliver([item], cursor);
        },
        inner,
      );
      if (!heard && !steady() && !inner.stopped) {
        throw new JieduiError(Code.UNAVAILABLE, "the stream ended");
      }
    } catch (error) {
      if (!heldBack) {
        if (this.thrown || !(error instanceof JieduiError)) throw error;
        if (steady()) this.streamFailures = 0;
        this.countStreamFailure(error);
      }
    } finally {
      silence.end();
      unlink();
    }
    if (heldBack && !this.stop.stopped) {
      this.pollForAWhile();
      await this.deliver(heldBack.items, heldBack.next);
    }
  }

  // What the server has and the stream did not bring: something on the way
  // collects the answer instead of passing it on. Undefined when all is well,
  // or nothing can be said.
  private async findHeldBack(
    inner: Stop,
  ): Promise<Page<Item, Cursor> | undefined> {
    const before = this.cursor;
    try {
      const page = await this.source.list(before, inner);
      const late =
        page.items.length > 0 && this.cursor === before && !this.delivering;
      return late && !inner.stopped ? page : undefined;
    } catch {
      return undefined;
    }
  }

  private countStreamFailure(error: JieduiError): void {
    if (error.code === Code.UNIMPLEMENTED) {
      this.streamFrom = Infinity;
      return;
    }
    if (++this.streamFailures >= STREAM_PATIENCE) this.pollForAWhile();
    throw error;
  }

  private pollForAWhile(): void {
    this.streamFailures = 0;
    this.streamFrom =
      this.clock.now() + (this.options.streamAgainMs ?? 5 * 60 * 1000);
  }
}

// Calls something whenever nothing has been heard for a while.
class Silence {
  private cancel = () => {};
  private action: () => Promise<void> = () => Promise.resolve();
  private over = false;

  constructor(
    private readonly clock: Clock,
    private readonly ms: number,
  ) {}

  begin(action: () => Promise<void>): void {
    this.action = action;
    this.restart();
  }

  restart(): void {
    this.cancel();
    this.cancel = this.clock.after(this.ms, () => {
      void this.action().then(() => {
        if (!this.over) this.restart();
      });
    });
  }

  end(): void {
    this.over = true;
    this.cancel();
  }
}
