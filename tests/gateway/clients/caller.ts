// One client library, as the cases of the matrix see it.
import type { ProbeRequest, ProbeResponse } from "../build/gen/es/probe_pb.js";

export type Kind = "unary" | "stream" | "missing";

/** The probe's method of each kind, for clients that want it by name. */
export const METHODS: Record<Kind, string> = {
  unary: "Unary",
  stream: "Stream",
  missing: "Missing",
};

export interface Detail {
  /** Full name of the type. */
  type: string;
  value: Uint8Array;
}

/** How a call ended, whatever the library calls it. */
export interface Outcome {
  messages: ProbeResponse[];
  /** 0: success. */
  code: number;
  message: string;
  details: Detail[];
  /** By lower-case name; of several equal ones, joined by ", ". */
  headers: Record<string, string>;
  trailers: Record<string, string>;
}

export interface Call {
  kind: Kind;
  request: ProbeRequest;
  headers?: Record<string, string>;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** As soon as the library hands a message over. */
  onMessage?(message: ProbeResponse): void;
}

/** What a client cannot do by design, each with the reason. */
export interface Limits {
  /** Messages of a stream come at its end, all at once. */
  buffersStreams?: string;
  /** It keeps trailers to itself. */
  hidesTrailers?: string;
  /** Of several trailers with one name it keeps the last. */
  lastTrailerWins?: string;
  /** It hands messages on as they are on the wire. */
  encodedMessages?: string;
  /** A caller cannot say how long it waits. */
  noDeadlines?: string;
  /** It keeps the metadata of refused calls to itself. */
  hidesTrailersOfErrors?: string;
  /** A cancelled call just falls silent. */
  silentCancel?: string;
}

export interface Caller {
  limits: Limits;
  /** Never rejects for a call that failed: that is an outcome. */
  call(call: Call): Promise<Outcome>;
}

/** Calls the probe at `baseUrl`. */
export type Connect = (baseUrl: string) => Caller;

export function emptyOutcome(): Outcome {
  return {
    messages: [],
    code: 0,
    message: "",
    details: [],
    headers: {},
    trailers: {},
  };
}
