// A NoticeService over one inbox in memory, as the matcher's behaves.
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import {
  NoticeSchema,
  type Notice,
} from "../web/build/gen/jiedui/matcher/v1/notice_pb.js";
import type { NoticeService } from "../web/build/gen/jiedui/matcher/v1/notice_service_pb.js";
import { refusal } from "./refusal.js";

const PAGE = 2;

export class Inbox {
  readonly notices: Notice[] = [];
  /** Streams open now, and ever. */
  open = 0;
  opened = 0;
  /** Streams are answered with UNIMPLEMENTED. */
  withoutStreams = false;
  private waiting = new Set<() => void>();

  add(title: string): void {
    const sequence = BigInt(this.notices.length + 1);
    const name = `notices/N${sequence}`;
    const zh = { title, body: `${title}。` };
    this.notices.push(create(NoticeSchema, { name, sequence, zh }));
    this.wake();
  }

  readonly service: Partial<ServiceImpl<typeof NoticeService>> = {
    getNotice: () => {
      throw refusal();
    },
    listNotices: ({ afterSequence }) => {
      const from = Number(afterSequence);
      const notices = this.notices.slice(from, from + PAGE);
      const next = from + notices.length;
      return {
        notices,
        nextAfterSequence: BigInt(next),
        atEnd: next === this.notices.length,
      };
    },
    watchNotices: (request, context) => {
      if (this.withoutStreams) throw new ConnectError("", Code.Unimplemented);
      return this.stream(Number(request.afterSequence), context.signal);
    },
  };

  private async *stream(at: number, signal: AbortSignal) {
    ++this.open;
    ++this.opened;
    this.wake();
    try {
      while (!signal.aborted) {
        const notice = this.notices[at];
        if (notice) {
          ++at;
          yield { notice };
        } else {
          await this.news(signal);
        }
      }
    } finally {
      --this.open;
      this.wake();
    }
  }

  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.add(resolve);
      signal.addEventListener("abort", () => resolve());
    });
  }

  /** Is there as soon as `condition` holds; looks whenever something happens. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
