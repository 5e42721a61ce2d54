// The lists of changes that the API has, as sources of watches.
import type { Client } from "@connectrpc/connect";
import type { Demand } from "../build/gen/jiedui/demand/v1/demand_pb.js";
import type { DemandService } from "../build/gen/jiedui/demand/v1/demand_service_pb.js";
import type { Notice } from "../build/gen/jiedui/matcher/v1/notice_pb.js";
import type { NoticeService } from "../build/gen/jiedui/matcher/v1/notice_service_pb.js";
import type { Source } from "../../shared/watch.js";
import { withSignal } from "./stop.js";

/** An inbox; the cursor is a notice's place in it. */
export function noticesOf(
  client: Client<typeof NoticeService>,
  recipient: string,
): Source<Notice, bigint> {
  return {
    async list(afterSequence, stop) {
      const request = { recipient, afterSequence };
      const page = await withSignal(stop, (signal) =>
        client.listNotices(request, { signal }),
      );
      const { notices, nextAfterSequence, atEnd } = page;
      return { items: notices, next: nextAfterSequence, atEnd };
    },
    stream: (afterSequence, each, stop) =>
      withSignal(stop, async (signal) => {
        const request = { recipient, afterSequence };
        const stream = client.watchNotices(request, { signal });
        for await (const { notice } of stream) {
          await each(notice!, notice!.sequence);
        }
      }),
  };
}

/** All demands; the cursor is a revision. */
export function demandsOf(
  client: Client<typeof DemandService>,
): Source<Demand, bigint> {
  return {
    async list(afterRevision, stop) {
      const page = await withSignal(stop, (signal) =>
        client.listDemandChanges({ afterRevision }, { signal }),
      );
      const { demands, nextRevision, atHead } = page;
      return { items: demands, next: nextRevision, atEnd: atHead };
    },
    stream: (afterRevision, each, stop) =>
      withSignal(stop, async (signal) => {
        const request = { afterRevision };
        const stream = client.watchDemandChanges(request, { signal });
        for await (const { demand, revision } of stream) {
          await each(demand!, revision);
        }
      }),
  };
}
