// Everything a volunteer uses, in one object.
import {
  DemandService,
  DispatchService,
  MatcherService,
  NoticeService,
  RecordService,
  VolunteerService,
} from "../build/gen/api.js";
import type { Demand } from "../build/gen/jiedui/demand/v1/demand.js";
import type { Notice } from "../build/gen/jiedui/matcher/v1/notice.js";
import { watch, type Watch, type WatchOptions } from "../../shared/watch.js";
import {
  createChannel,
  createClient,
  type ChannelOptions,
  type Client,
} from "./client.js";
import { demandsOf, noticesOf } from "./watches.js";

export interface Jiedui {
  readonly demands: Client<typeof DemandService>;
  readonly dispatch: Client<typeof DispatchService>;
  readonly matcher: Client<typeof MatcherService>;
  readonly notices: Client<typeof NoticeService>;
  readonly records: Client<typeof RecordService>;
  readonly volunteers: Client<typeof VolunteerService>;
  /**
   * Follows an inbox, as in Notice.recipient, from behind a place in it on
   * ("0": from its beginning).
   */
  watchNotices(
    recipient: string,
    afterSequence: string,
    options: WatchOptions<Notice, string>,
  ): Watch<string>;
  /** Follows all demands from behind a revision on ("0": all there are). */
  watchDemands(
    afterRevision: string,
    options: WatchOptions<Demand, string>,
  ): Watch<string>;
}

/** Needs no network. */
export function createJiedui(options: ChannelOptions): Jiedui {
  const channel = createChannel(options);
  const streams = !!options.chunked;
  const demands = createClient(DemandService, channel);
  const notices = createClient(NoticeService, channel);
  return {
    demands,
    dispatch: createClient(DispatchService, channel),
    matcher: createClient(MatcherService, channel),
    notices,
    records: createClient(RecordService, channel),
    volunteers: createClient(VolunteerService, channel),
    watchNotices: (recipient, after, options) =>
      watch(noticesOf(notices, recipient, streams), after, options),
    watchDemands: (after, options) =>
      watch(demandsOf(demands, streams), after, options),
  };
}
