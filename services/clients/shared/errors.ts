// One kind of error for every call, whatever transport it went through.

/** The canonical codes of gRPC. */
export const Code = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;
export type Code = (typeof Code)[keyof typeof Code];

/** A field of the request that is not acceptable, and why: "中文 / English". */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** What the server said beside code and message. */
export interface ErrorDetails {
  reason: string;
  domain: string;
  metadata: { [name: string]: string };
  zh: string;
  en: string;
  fields: FieldViolation[];
}

/** One detail of a google.rpc.Status: the type's full name, and its bytes. */
export interface Detail {
  type: string;
  value: Uint8Array;
}

/** How a package decodes the details that are understood here. */
export interface DetailDecoders {
  errorInfo(bytes: Uint8Array): {
    reason: string;
    domain: string;
    metadata: { [name: string]: string };
  };
  localizedMessage(bytes: Uint8Array): { locale: string; message: string };
  badRequest(bytes: Uint8Array): { fieldViolations: FieldViolation[] };
}

// Of the reasons for RESOURCE_EXHAUSTED, those that pass by themselves; the
// others are about the request. The test compares with common/base/reasons.def.
export const RETRY_LATER = ["OVERLOADED", "TOO_MANY_CALLS", "GATEWAY_FULL"];

/**
 * A call that failed. `message` is Chinese where the server gave a Chinese
 * message; show `zh` or `en`, decide by `reason` or `code`.
 */
export class JieduiError extends Error {
  override readonly name = "JieduiError";
  /** Stable, for instance ETAG_MISMATCH; empty when the server gave none. */
  readonly reason: string;
  /** Whose reason it is: "jiedui.dev"; empty without one. */
  readonly domain: string;
  /** What the messages were filled with. */
  readonly metadata: { readonly [name: string]: string };
  /** For people, in Chinese: what is wrong and what to do. */
  readonly zh: string;
  /** The same in English. */
  readonly en: string;
  /** With INVALID_ARGUMENT: every field at fault. */
  readonly fields: readonly FieldViolation[];

  constructor(
    readonly code: Code,
    /** The status message as it came over the wire, or what broke. */
    readonly raw: string,
    details: Partial<ErrorDetails> = {},
  ) {
    const fallback = fallbackTexts(code, raw);
    super(details.zh || fallback.zh);
    this.reason = details.reason || "";
    this.domain = details.domain || "";
    this.metadata = details.metadata || {};
    this.zh = details.zh || fallback.zh;
    this.en = details.en || fallback.en;
    this.fields = details.fields || [];
  }

  /** The same call may succeed a little later. Whether this one was carried out
   * is not known: only what is repeatable may be made again. */
  get transient(): boolean {
    return this.code === Code.UNAVAILABLE || RETRY_LATER.includes(this.reason);
  }
}

/** `code`, or UNKNOWN when it is none of the canonical ones. */
export function toCode(code: number): Code {
  return code >= 0 && code <= 16 && code % 1 === 0
    ? (code as Code)
    : Code.UNKNOWN;
}

/**
 * What can be understood of the details of a status. A detail that cannot be
 * decoded is left out: it must not hide the error it belongs to.
 */
export function readDetails(
  details: readonly Detail[],
  decoders: DetailDecoders,
): Partial<ErrorDetails> {
  const read: Partial<ErrorDetails> = {};
  for (const { type, value } of details) {
    try {
      if (type === "google.rpc.ErrorInfo") {
        const { reason, domain, metadata } = decoders.errorInfo(value);
        read.reason = reason;
        read.domain = domain;
        read.metadata = metadata;
      } else if (type === "google.rpc.LocalizedMessage") {
        const { locale, message } = decoders.localizedMessage(value);
        read[/^zh\b/i.test(locale) ? "zh" : "en"] = message;
      } else if (type === "google.rpc.BadRequest") {
        read.fields = decoders.badRequest(value).fieldViolations;
      }
    } catch {
      continue;
    }
  }
  return read;
}

// For errors that no server has put into words: the network's and the client's.
function fallbackTexts(code: Code, raw: string): { zh: string; en: string } {
  if (code === Code.UNAVAILABLE) {
    return {
      zh: "连不上服务：请检查网络后重试",
      en: "the service cannot be reached: check the network, then retry",
    };
  }
  if (code === Code.DEADLINE_EXCEEDED) {
    return {
      zh: "等候超时：请重试或放宽期限",
      en: "no answer in time: retry or allow more time",
    };
  }
  if (code === Code.CANCELLED) return { zh: "已取消", en: "cancelled" };
  const text = raw || `code ${code}`;
  return { zh: text, en: text };
}
