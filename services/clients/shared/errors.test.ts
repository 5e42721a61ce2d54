import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  Code,
  JieduiError,
  RETRY_LATER,
  readDetails,
  toCode,
  type DetailDecoders,
} from "./errors.js";

// Details of these tests are JSON in bytes.
const parse = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString());
const decoders: DetailDecoders = {
  errorInfo: parse,
  localizedMessage: parse,
  badRequest: parse,
};
const detail = (type: string, value: object) => ({
  type: `google.rpc.${type}`,
  value: Buffer.from(JSON.stringify(value)),
});

describe("details of a status", () => {
  it("give reason, both messages and the fields at fault", () => {
    const fields = [{ field: "title", description: "不能为空 / is required" }];
    const details = readDetails(
      [
        detail("ErrorInfo", {
          reason: "INVALID_FIELDS",
          domain: "jiedui.dev",
          metadata: { count: "1" },
        }),
        detail("LocalizedMessage", { locale: "zh-CN", message: "有误" }),
        detail("LocalizedMessage", { locale: "en", message: "is wrong" }),
        detail("BadRequest", { fieldViolations: fields }),
      ],
      decoders,
    );
    const error = new JieduiError(Code.INVALID_ARGUMENT, "raw", details);
    expect(error).toMatchObject({
      code: 3,
      reason: "INVALID_FIELDS",
      domain: "jiedui.dev",
      metadata: { count: "1" },
      message: "有误",
      zh: "有误",
      en: "is wrong",
      fields,
    });
  });

  it("that are damaged or unknown do not hide the others", () => {
    const details = readDetails(
      [
        { type: "google.rpc.ErrorInfo", value: new Uint8Array([1, 2]) },
        detail("Help", {}),
        detail("LocalizedMessage", { locale: "zh", message: "有误" }),
      ],
      decoders,
    );
    expect(details).toEqual({ zh: "有误" });
  });
});

describe("an error without details", () => {
  it("has words of its own when the network failed", () => {
    const error = new JieduiError(Code.UNAVAILABLE, "ECONNREFUSED");
    expect(error.zh).toContain("网络");
    expect(error.en).toContain("network");
    expect(error.raw).toBe("ECONNREFUSED");
  });

  it("says what the server said", () => {
    const error = new JieduiError(Code.ABORTED, "已被修改");
    expect([error.message, error.zh, error.en]).toEqual(
      Array(3).fill("已被修改"),
    );
  });
});

it("only errors that may pass are transient", () => {
  const overloaded = { reason: "OVERLOADED" };
  const tooLarge = { reason: "TOO_LARGE" };
  const transient = (code: Code, details = {}) =>
    new JieduiError(code, "", details).transient;
  expect(transient(Code.UNAVAILABLE)).toBe(true);
  expect(transient(Code.RESOURCE_EXHAUSTED, overloaded)).toBe(true);
  expect(transient(Code.RESOURCE_EXHAUSTED, tooLarge)).toBe(false);
  expect(transient(Code.ABORTED)).toBe(false);
  expect(transient(Code.DEADLINE_EXCEEDED)).toBe(false);
});

it("all reasons whose message says to retry later are retried", () => {
  const table = readFileSync(
    new URL("../../../common/base/reasons.def", import.meta.url),
    "utf8",
  );
  const entries = table.matchAll(
    /^JIEDUI_REASON\(k(\w+), kResourceExhausted,\s*"[^"]*", "([^"]*)"/gm,
  );
  const passing = [...entries]
    .filter(([, , english]) => english!.includes("retry a little later"))
    .map(([, id]) => id!.replace(/(?<=.)[A-Z]/g, "_$&").toUpperCase());
  expect(passing.sort()).toEqual([...RETRY_LATER].sort());
});

it("a code that gRPC does not know is UNKNOWN", () => {
  expect([16, 17, -1, 1.5, NaN].map(toCode)).toEqual([16, 2, 2, 2, 2]);
});
