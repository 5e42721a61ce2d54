// The codec against protobuf-es, for every message of every method.
import {
  equals,
  fromBinary,
  toBinary,
  type DescMessage,
  type DescService,
  type Message,
} from "@bufbuild/protobuf";
import {
  timestampDate,
  type FieldMask,
  type Timestamp,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { randomMessage, randomNumbers } from "../../testing/random_message.js";
import * as web from "../../web/src/index.js";
import {
  ErrorInfoSchema,
  BadRequestSchema,
} from "../../web/build/gen/google/rpc/error_details_pb.js";
import { StatusSchema } from "../../web/build/gen/google/rpc/status_pb.js";
import * as api from "../build/gen/api.js";
import { decode, encode } from "./codec.js";
import type { MessageType, Service } from "./method.js";

const SEEDS = 200;

const services: [Service, DescService][] = [
  [api.DemandService, web.demand.DemandService],
  [api.DispatchService, web.matcher.DispatchService],
  [api.MatcherService, web.matcher.MatcherService],
  [api.NoticeService, web.matcher.NoticeService],
  [api.RecordService, web.matcher.RecordService],
  [api.VolunteerService, web.volunteer.VolunteerService],
];

// Every message type that a method names, by name, in both generations.
function messages(): [string, DescMessage, MessageType<object>][] {
  const found = new Map<string, [DescMessage, MessageType<object>]>();
  const add = (desc: DescMessage, index: number, tables: readonly string[]) =>
    found.set(desc.typeName, [desc, { tables, index }]);
  for (const [service, desc] of services) {
    for (const [name, method] of Object.entries(service.methods)) {
      const { input, output } = desc.method[name]!;
      add(input, method.request, service.tables);
      add(output, method.response, service.tables);
    }
  }
  found.set("Status", [StatusSchema, api.StatusType]);
  found.set("ErrorInfo", [ErrorInfoSchema, api.ErrorInfoType]);
  found.set("BadRequest", [BadRequestSchema, api.BadRequestType]);
  return [...found].map(([name, [desc, type]]) => [name, desc, type]);
}

// `mini` says the same as `message`, field by field.
function expectSame(desc: DescMessage, message: Message, mini: unknown) {
  const theirs = message as unknown as Record<string, unknown>;
  const ours = mini as Record<string, unknown>;
  expect(Object.keys(ours)).toEqual(desc.fields.map((f) => f.jsonName));
  for (const field of desc.fields) {
    const value = theirs[field.localName];
    const other = ours[field.jsonName];
    if (field.fieldKind === "list" && field.listKind === "message") {
      const list = value as Message[];
      expect(other).toHaveLength(list.length);
      list.forEach((item, i) =>
        expectSame(field.message, item, (other as unknown[])[i]),
      );
    } else if (field.fieldKind === "message" && value) {
      expectSameMessage(field.message, value as Message, other);
    } else {
      expect(plain(other)).toEqual(plain(value));
    }
  }
}

function expectSameMessage(desc: DescMessage, value: Message, other: unknown) {
  if (desc.typeName === "google.protobuf.Timestamp") {
    expect(other).toEqual(timestampDate(value as Timestamp));
  } else if (desc.typeName === "google.protobuf.FieldMask") {
    expect(other).toEqual((value as FieldMask).paths);
  } else {
    expectSame(desc, value, other);
  }
}

// 64-bit numbers are text here and bigint there.
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Uint8Array ? [...value] : value;
}

describe.each(messages())("%s", (_, desc, type) => {
  it("is read and written as protobuf-es does", () => {
    for (let seed = 1; seed <= SEEDS; ++seed) {
      const message = randomMessage(desc, randomNumbers(seed));
      const mini = decode(type, toBinary(desc, message));
      expectSame(desc, message, mini);
      expect(equals(desc, fromBinary(desc, encode(type, mini)), message)).toBe(
        true,
      );
    }
  });

  it("is never longer than protobuf-es writes it", () => {
    const message = randomMessage(desc, randomNumbers(0));
    const bytes = toBinary(desc, message);
    expect(encode(type, decode(type, bytes))).toHaveLength(bytes.length);
  });
});

describe("bytes that are no message", () => {
  const type = api.StatusType;
  const whole = encode(type, {
    code: 3,
    message: "有误",
    details: [{ typeUrl: "t", value: new Uint8Array([1, 2, 3]) }],
  });

  it("are refused when they are cut short", () => {
    const starts = [2, 10]; // of fields: what is before is whole
    for (let end = 1; end < whole.length; ++end) {
      const cut = () => decode(type, whole.subarray(0, end));
      if (starts.includes(end)) cut();
      else expect(cut, `${end} bytes`).toThrow();
    }
  });

  it("never do anything but be read or refused", () => {
    const random = randomNumbers(7);
    for (let i = 0; i < 20000; ++i) {
      const bytes = Uint8Array.from({ length: 24 }, () => random() * 256);
      try {
        decode(type, bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  });
});

it("a field that overruns the message it is in is refused", () => {
  // details, 3 bytes long; in it a type_url of 9, all of which are there.
  const bytes = [0x1a, 3, 0x0a, 9, ...Array<number>(9).fill(65)];
  expect(() => decode(api.StatusType, Uint8Array.from(bytes))).toThrow();
});

it("fields of the future are skipped, also those of another wire type", () => {
  const strange = Uint8Array.from([
    0xfa,
    0x01,
    2,
    65,
    66, // 31: two bytes
    0x0a,
    1,
    67, // 1, code: as text
    0x08,
    5, // 1, code
    0x12,
    1,
    68, // 2, message
  ]);
  expect(decode(api.StatusType, strange)).toEqual({
    code: 5,
    message: "D",
    details: [],
  });
});

it("what a request leaves out has its default", () => {
  const { tables, methods } = api.DemandService;
  const type = { tables, index: methods.listDemands.request };
  expect(encode(type, {})).toHaveLength(0);
  expect(decode(type, encode(type, { filter: "x", query: undefined }))).toEqual(
    {
      pageSize: 0,
      pageToken: "",
      filter: "x",
      query: "",
    },
  );
});
