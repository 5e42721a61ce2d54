import { fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { StatusSchema } from "../build/gen/es/google/rpc/status_pb.js";
import type { Detail } from "./caller.js";

/** The details in a grpc-status-details-bin, for libraries that only pass it on. */
export function detailsOf(encoded: string | undefined): Detail[] {
  if (!encoded) return [];
  const { details } = fromBinary(StatusSchema, base64Decode(encoded));
  return details.map(({ typeUrl, value }) => ({
    type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1),
    value,
  }));
}

/** gRPC's names of its codes, as libraries that use names write them. */
export const CODE_NAMES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];
