import { create, toBinary } from "@bufbuild/protobuf";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
} from "../build/gen/es/google/rpc/error_details_pb.js";
import type { Detail } from "./caller.js";

/** What both packages of Jiedui say about an error that is not the network's. */
export interface TypedError {
  reason: string;
  domain: string;
  metadata: { readonly [name: string]: string };
  zh: string;
  en: string;
  fields: readonly { field: string; description: string }[];
}

/** The details it was read from, in the order that Jiedui's services have. */
export function detailsOfJiedui(error: TypedError): Detail[] {
  if (!error.reason) return [];
  const { reason, domain, zh, en } = error;
  const metadata = { ...error.metadata };
  const fields = error.fields.map(({ field, description }) => ({
    field,
    description,
  }));
  return [
    {
      type: ErrorInfoSchema.typeName,
      value: toBinary(
        ErrorInfoSchema,
        create(ErrorInfoSchema, { reason, domain, metadata }),
      ),
    },
    localized("zh-CN", zh),
    localized("en", en),
    {
      type: BadRequestSchema.typeName,
      value: toBinary(
        BadRequestSchema,
        create(BadRequestSchema, { fieldViolations: fields }),
      ),
    },
  ];
}

/** A LocalizedMessage. */
export function localized(locale: string, message: string): Detail {
  return {
    type: LocalizedMessageSchema.typeName,
    value: toBinary(
      LocalizedMessageSchema,
      create(LocalizedMessageSchema, { locale, message }),
    ),
  };
}
