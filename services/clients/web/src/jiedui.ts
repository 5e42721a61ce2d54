// The whole public API in one object.
import { createClient, type Client } from "@connectrpc/connect";
import type { Demand } from "../build/gen/jiedui/demand/v1/demand_pb.js";
import { DemandService } from "../build/gen/jiedui/demand/v1/demand_service_pb.js";
import { DispatchService } from "../build/gen/jiedui/matcher/v1/dispatch_service_pb.js";
import { MatcherService } from "../build/gen/jiedui/matcher/v1/matcher_service_pb.js";
import type { Notice } from "../build/gen/jiedui/matcher/v1/notice_pb.js";
import { NoticeService } from "../build/gen/jiedui/matcher/v1/notice_service_pb.js";
import { RecordService } from "../build/gen/jiedui/matcher/v1/record_service_pb.js";
import { SheetService } from "../build/gen/jiedui/sheet/v1/sheet_service_pb.js";
import { VolunteerService } from "../build/gen/jiedui/volunteer/v1/volunteer_service_pb.js";
import { watch, type Watch, type WatchOptions } from "../../shared/watch.js";
import { createTransport, type JieduiOptions } from "./transport.js";
import { demandsOf, noticesOf } from "./watches.js";

export interface Jiedui {
  readonly demands: Client<typeof DemandService>;
  readonly dispatch: Client<typeof DispatchService>;
  readonly matcher: Client<typeof MatcherService>;
  readonly notices: Client<typeof NoticeService>;
  readonly records: Client<typeof RecordService>;
  readonly sheets: Client<typeof SheetService>;
  readonly volunteers: Client<typeof VolunteerService>;
  /**
   * Follows an inbox, as in Notice.recipient, from behind a place in it on (0n:
   * from its beginning).
   */
  watchNotices(
    recipient: string,
    afterSequence: bigint,
    options: WatchOptions<Notice, bigint>,
  ): Watch<bigint>;
  /** Follows all demands from behind a revision on (0n: all there are). */
  watchDemands(
    afterRevision: bigint,
    options: WatchOptions<Demand, bigint>,
  ): Watch<bigint>;
}

/** Needs no network. */
export function createJiedui(options: JieduiOptions): Jiedui {
  const transport = createTransport(options);
  const demands = createClient(DemandService, transport);
  const notices = createClient(NoticeService, transport);
  return {
    demands,
    dispatch: createClient(DispatchService, transport),
    matcher: createClient(MatcherService, transport),
    notices,
    records: createClient(RecordService, transport),
    sheets: createClient(SheetService, transport),
    volunteers: createClient(VolunteerService, transport),
    watchNotices: (recipient, after, options) =>
      watch(noticesOf(notices, recipient), after, options),
    watchDemands: (after, options) => watch(demandsOf(demands), after, options),
  };
}
