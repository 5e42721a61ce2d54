import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual_clock.js";
import { Code, JieduiError } from "./errors.js";
import { Stop } from "./stop.js";
import { watch, type Source, type Watch, type WatchOptions } from "./watch.js";

// A log of numbers 1, 2, 3…: both item and cursor. It can be asked, streams
// what is added, and fails on demand.
class Log implements Source<number, number> {
  length = 0;
  pageSize = 3;
  lists = 0;
  streams = 0;
  /** The next questions and streams fail with these. */
  listErrors: Error[] = [];
  streamErrors: Error[] = [];
  /** Streams open, but nothing gets through. */
  heldBack = false;
  private readers = new Set<{ wake: () => void; fail: (e: Error) => void }>();

  add(count: number): void {
    this.length += count;
    for (const reader of this.readers) reader.wake();
  }

  /** Breaks all open streams; without an error they end well. */
  cut(error?: Error): void {
    for (const { fail } of this.readers) fail(error ?? END);
  }

  async list(after: number) {
    ++this.lists;
    const error = this.listErrors.shift();
    if (error) throw error;
    const next = Math.min(after + this.pageSize, this.length);
    const items = Array.from({ length: next - after }, (_, i) => after + 1 + i);
    return { items, next, atEnd: next === this.length };
  }

  async stream(
    after: number,
    each: (item: number, cursor: number) => Promise<void>,
    stop: Stop,
  ): Promise<void> {
    ++this.streams;
    const error = this.streamErrors.shift();
    if (error) throw error;
    for (let at = after; !stop.stopped;) {
      while (!this.heldBack && at < this.length && !stop.stopped) {
        await each(++at, at);
      }
      try {
        await this.news(stop);
      } catch (cut) {
        if (cut === END) return;
        throw cut;
      }
    }
  }

  private news(stop: Stop): Promise<void> {
    return new Promise<void>((wake, fail) => {
      const reader = { wake, fail };
      this.readers.add(reader);
      const forget = stop.onStop(() => wake());
      reader.wake = () => (forget(), this.readers.delete(reader), wake());
      reader.fail = (e) => (forget(), this.readers.delete(reader), fail(e));
    });
  }
}
const END = new Error("the stream ends well");
const unavailable = () => new JieduiError(Code.UNAVAILABLE, "gone");

interface Followed {
  clock: ManualClock;
  seen: number[];
  states: string[];
  watch: Watch<number>;
}

function follow(
  source: Source<number, number>,
  after = 0,
  options: Partial<WatchOptions<number, number>> = {},
): Followed {
  const clock = new ManualClock();
  const seen: number[] = [];
  const states: string[] = [];
  const following = watch(source, after, {
    onItems: (items) => void seen.push(...items),
    onState: (state) => states.push(state),
    clock,
    ...options,
  });
  return { clock, seen, states, watch: following };
}

function polled(log: Log): Source<number, number> {
  return { list: (after) => log.list(after) };
}

describe("a watch that polls", () => {
  it("reads page after page, then asks again after a while", async () => {
    const log = new Log();
    log.add(7);
    const { clock, seen, watch } = follow(polled(log));
    await clock.advance(0);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    log.add(1);
    await clock.advance(9999);
    expect(seen).toHaveLength(7);
    await clock.advance(1);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(watch.cursor).toBe(8);
  });

  it("resumes behind a cursor", async () => {
    const log = new Log();
    log.add(5);
    const { clock, seen } = follow(polled(log), 3);
    await clock.advance(0);
    expect(seen).toEqual([4, 5]);
  });

  it("waits for what it gave to be taken before it asks for more", async () => {
    const log = new Log();
    log.add(6);
    let take = () => {};
    const taken = new Promise<void>((resolve) => (take = resolve));
    const { clock, watch } = follow(polled(log), 0, { onItems: () => taken });
    await clock.advance(60000);
    expect([log.lists, watch.cursor]).toEqual([1, 0]);
    take();
    await clock.advance(0);
    expect([log.lists, watch.cursor]).toEqual([2, 6]);
  });

  it("bears failures, with longer and longer waits", async () => {
    const log = new Log();
    log.add(1);
    log.listErrors = [1, 2, 3].map(unavailable);
    const { clock, seen, states } = follow(polled(log));
    await clock.advance(374);
    expect(log.lists).toBe(1);
    await clock.advance(1 + 750);
    expect(log.lists).toBe(3);
    await clock.advance(1500);
    expect(seen).toEqual([1]);
    expect(states).toEqual([
      "polling",
      "retrying",
      "polling",
      "retrying",
      "polling",
      "retrying",
      "polling",
    ]);
  });

  it("waits as briefly as at first once a question was answered", async () => {
    const log = new Log();
    log.listErrors = [1, 2, 3].map(unavailable);
    const { clock } = follow(polled(log));
    await clock.advance(375 + 750 + 1500);
    expect(log.lists).toBe(4);
    log.listErrors = [unavailable()];
    await clock.advance(10000 + 375);
    expect(log.lists).toBe(6);
  });

  it("ends when asking again is pointless", async () => {
    const log = new Log();
    log.listErrors = [new JieduiError(Code.PERMISSION_DENIED, "no")];
    const { watch } = follow(polled(log));
    await expect(watch.done).rejects.toMatchObject({ code: 7 });
  });

  it("ends with what the receiver throws, behind what it took", async () => {
    const log = new Log();
    log.add(6);
    const thrown = new Error("the receiver's");
    const { watch } = follow(polled(log), 0, {
      onItems(items) {
        if (items.includes(4)) throw thrown;
      },
    });
    await expect(watch.done).rejects.toBe(thrown);
    expect(watch.cursor).toBe(3);
  });

  it("gives nothing any longer once it is stopped", async () => {
    const log = new Log();
    const { clock, seen, watch } = follow(polled(log));
    await clock.advance(0);
    watch.stop();
    log.add(1);
    await watch.done;
    await clock.advance(60000);
    expect([seen, log.lists]).toEqual([[], 1]);
  });
});

describe("a watch that streams", () => {
  it("gives what is there and what comes, without asking", async () => {
    const log = new Log();
    log.add(2);
    const { clock, seen, states } = follow(log);
    await clock.advance(0);
    log.add(2);
    await clock.advance(0);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect([log.lists, states]).toEqual([0, ["streaming"]]);
  });

  it("opens the next stream where the last one broke", async () => {
    const log = new Log();
    log.add(2);
    const { clock, seen } = follow(log);
    await clock.advance(0);
    log.cut(unavailable());
    log.add(1);
    await clock.advance(1000);
    expect(seen).toEqual([1, 2, 3]);
    expect(log.streams).toBe(2);
  });

  it("goes on at once after a stream that ended well", async () => {
    const log = new Log();
    log.add(1);
    const { clock, seen, states } = follow(log);
    await clock.advance(0);
    log.cut();
    await clock.advance(0);
    log.add(1);
    await clock.advance(0);
    expect([seen, states]).toEqual([[1, 2], ["streaming"]]);
  });

  it("polls after streams have failed twice, and tries again later", async () => {
    const log = new Log();
    log.add(1);
    log.streamErrors = [1, 2].map(unavailable);
    const { clock, seen } = follow(log);
    await clock.advance(10000);
    expect([seen, log.streams]).toEqual([[1], 2]);
    await clock.advance(5 * 60 * 1000);
    expect(log.streams).toBe(3);
    log.add(1);
    await clock.advance(0);
    expect(seen).toEqual([1, 2]);
  });

  it("polls for good where there are no streams", async () => {
    const log = new Log();
    log.add(1);
    log.streamErrors = [new JieduiError(Code.UNIMPLEMENTED, "no streams")];
    const { clock, seen } = follow(log);
    await clock.advance(24 * 3600 * 1000);
    expect([seen, log.streams]).toEqual([[1], 1]);
  });

  it("finds out that something on the way holds the stream back", async () => {
    const log = new Log();
    log.heldBack = true;
    const { clock, seen, states } = follow(log);
    await clock.advance(30000);
    log.add(2);
    await clock.advance(29999);
    expect(seen).toEqual([]);
    await clock.advance(1);
    expect(seen).toEqual([1, 2]);
    expect(states).toEqual(["streaming", "polling"]);
    log.add(1);
    await clock.advance(10000);
    expect(seen).toEqual([1, 2, 3]);
  });

  it("is left alone by that check while its receiver takes long", async () => {
    const log = new Log();
    log.add(2);
    let take = () => {};
    const seen: number[] = [];
    const { clock, states } = follow(log, 0, {
      onItems(items) {
        seen.push(...items);
        return new Promise<void>((resolve) => (take = resolve));
      },
    });
    await clock.advance(3 * 60000);
    take();
    await clock.advance(0);
    expect([seen, states]).toEqual([[1, 2], ["streaming"]]);
  });

  it("hands over nothing that a stream brings after it was stopped", async () => {
    let push: (item: number) => Promise<void> = async () => {};
    const stubborn: Source<number, number> = {
      list: async (after) => ({ items: [], next: after, atEnd: true }),
      stream: (_, each) => {
        push = (item) => each(item, item);
        return new Promise(() => {});
      },
    };
    const { clock, seen, watch } = follow(stubborn);
    await clock.advance(0);
    await push(1);
    watch.stop();
    await push(2);
    expect(seen).toEqual([1]);
  });

  it("keeps streaming when streams end that had lasted", async () => {
    const log = new Log();
    const { clock, states } = follow(log);
    for (let i = 0; i < 5; ++i) {
      await clock.advance(11000);
      log.cut(unavailable());
      await clock.advance(5000);
    }
    expect(log.lists).toBe(0);
    expect(states).not.toContain("polling");
  });

  it("is left alone by that check when there is nothing new", async () => {
    const log = new Log();
    const { clock, states } = follow(log);
    await clock.advance(10 * 60000);
    expect([log.lists, log.streams, states]).toEqual([10, 1, ["streaming"]]);
  });

  it("ends with what the receiver throws", async () => {
    const log = new Log();
    const thrown = unavailable();
    const { clock, watch } = follow(log, 0, {
      onItems() {
        throw thrown;
      },
    });
    log.add(1);
    await clock.advance(0);
    await expect(watch.done).rejects.toBe(thrown);
  });

  it("closes its stream when it is stopped", async () => {
    const log = new Log();
    const { clock, seen, watch } = follow(log);
    await clock.advance(0);
    watch.stop();
    await watch.done;
    log.add(1);
    await clock.advance(60000);
    expect([seen, log.streams, log.lists]).toEqual([[], 1, 0]);
  });
});
