// The lists of changes that the API has, as sources of watches.
import type { DemandService, NoticeService } from "../build/gen/api.js";
import type { Demand } from "../build/gen/jiedui/demand/v1/demand.js";
import type { DemandChange } from "../build/gen/jiedui/demand/v1/demand_service.js";
import type { Notice } from "../build/gen/jiedui/matcher/v1/notice.js";
import type { WatchNoticesResponse } from "../build/gen/jiedui/matcher/v1/notice_service.js";
import type { Source } from "../../shared/watch.js";
import type { Client } from "./client.js";
import { eachInTurn } from "./in_turn.js";

/** An inbox; the cursor is a notice's place in it. */
export function noticesOf(
  client: Client<typeof NoticeService>,
  recipient: string,
  streams: boolean,
): Source<Notice, string> {
  return {
    async list(afterSequence, stop) {
      const request = { recipient, afterSequence };
      const page = await client.listNotices(request, { stop });
      const { notices, nextAfterSequence, atEnd } = page;
      return { items: notices, next: nextAfterSequence, atEnd };
    },
    ...(streams && {
      stream: (afterSequence, each, stop) =>
        eachInTurn<WatchNoticesResponse>(
          (onMessage, stop) => {
            const request = { recipient, afterSequence };
            return client.watchNotices(request, onMessage, { stop });
          },
          ({ notice }) => each(notice!, notice!.sequence),
          stop,
        ),
    }),
  };
}

/** All demands; the cursor is a revision. */
export function demandsOf(
  client: Client<typeof DemandService>,
  streams: boolean,
): Source<Demand, string> {
  return {
    async list(afterRevision, stop) {
      const page = await client.listDemandChanges({ afterRevision }, { stop });
      const { demands, nextRevision, atHead } = page;
      return { items: demands, next: nextRevision, atEnd: atHead };
    },
    ...(streams && {
      stream: (afterRevision, each, stop) =>
        eachInTurn<DemandChange>(
          (onMessage, stop) =>
            client.watchDemandChanges({ afterRevision }, onMessage, { stop }),
          ({ demand, revision }) => each(demand!, revision),
          stop,
        ),
    }),
  };
}
