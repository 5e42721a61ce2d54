// What connect throws, as a JieduiError.
import { fromBinary } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
} from "../build/gen/google/rpc/error_details_pb.js";
import {
  Code,
  JieduiError,
  readDetails,
  toCode,
  type Detail,
  type DetailDecoders,
} from "../../shared/errors.js";

const decoders: DetailDecoders = {
  errorInfo: (bytes) => fromBinary(ErrorInfoSchema, bytes),
  localizedMessage: (bytes) => fromBinary(LocalizedMessageSchema, bytes),
  badRequest: (bytes) => fromBinary(BadRequestSchema, bytes),
};

/** The same error as a JieduiError; one already is returned as it is. */
export function toJieduiError(error: unknown): JieduiError {
  if (error instanceof JieduiError) return error;
  const { code, rawMessage, details, cause } = ConnectError.from(error);
  // fetch rejects with a TypeError when there is no connection, and its body
  // does when the connection breaks; connect finds no better code for either,
  // nor for an answer without an end.
  const cut = cause instanceof TypeError || rawMessage === "missing trailer";
  return new JieduiError(
    cut ? Code.UNAVAILABLE : toCode(code),
    rawMessage,
    readDetails(details.filter(isIncoming), decoders),
  );
}

function isIncoming(detail: ConnectError["details"][number]): detail is Detail {
  return "type" in detail;
}
