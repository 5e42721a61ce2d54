import { Code, ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
} from "../web/build/gen/google/rpc/error_details_pb.js";

/** An error as Jiedui's services put it on the wire. */
export function refusal(): ConnectError {
  const zh = "请求中有 1 处不合要求：100% 的“学历”";
  return new ConnectError(zh, Code.InvalidArgument, { "x-after": "b" }, [
    {
      desc: ErrorInfoSchema,
      value: {
        reason: "INVALID_FIELDS",
        domain: "jiedui.dev",
        metadata: { count: "1" },
      },
    },
    { desc: LocalizedMessageSchema, value: { locale: "zh-CN", message: zh } },
    {
      desc: LocalizedMessageSchema,
      value: { locale: "en", message: "1 field(s) of the request" },
    },
    {
      desc: BadRequestSchema,
      value: {
        fieldViolations: [{ field: "name", description: "不对 / is wrong" }],
      },
    },
  ]);
}

/** What a client makes of it. */
export const refused = {
  name: "JieduiError",
  code: 3,
  reason: "INVALID_FIELDS",
  domain: "jiedui.dev",
  metadata: { count: "1" },
  zh: "请求中有 1 处不合要求：100% 的“学历”",
  en: "1 field(s) of the request",
  fields: [{ field: "name", description: "不对 / is wrong" }],
};
