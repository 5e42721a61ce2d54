// How a call ended: from trailers, or from what HTTP says without them.
import { base64Decode } from "@bufbuild/protobuf/wire";
import {
  BadRequestType,
  ErrorInfoType,
  LocalizedMessageType,
  StatusType,
} from "../build/gen/api.js";
import {
  Code,
  JieduiError,
  readDetails,
  toCode,
  type DetailDecoders,
} from "../../shared/errors.js";
import { decode } from "./codec.js";
import type { Metadata } from "./frames.js";

const decoders: DetailDecoders = {
  errorInfo: (bytes) => decode(ErrorInfoType, bytes),
  localizedMessage: (bytes) => decode(LocalizedMessageType, bytes),
  badRequest: (bytes) => decode(BadRequestType, bytes),
};

/** The error that trailers tell of; undefined: the call succeeded. */
export function errorOf(trailers: Metadata): JieduiError | undefined {
  const code = toCode(Number(trailers["grpc-status"]));
  if (code === Code.OK) return undefined;
  const message = percentDecoded(trailers["grpc-message"] || "");
  return new JieduiError(code, message, detailsOf(trailers));
}

function detailsOf(trailers: Metadata) {
  const encoded = trailers["grpc-status-details-bin"];
  if (!encoded) return {};
  try {
    const { details } = decode(StatusType, base64Decode(encoded));
    return readDetails(
      details.map(({ typeUrl, value }) => ({
        type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1),
        value,
      })),
      decoders,
    );
  } catch {
    return {};
  }
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The code of an answer that is not gRPC's: as gRPC maps HTTP's. */
export function codeOfHttp(status: number): Code {
  if (status === 400) return Code.INTERNAL;
  if (status === 401) return Code.UNAUTHENTICATED;
  if (status === 403) return Code.PERMISSION_DENIED;
  if (status === 404) return Code.UNIMPLEMENTED;
  return [429, 502, 503, 504].includes(status)
    ? Code.UNAVAILABLE
    : Code.UNKNOWN;
}
