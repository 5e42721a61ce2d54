// Messages to bytes and back, by the tables of generated code. A table is a
// message's fields separated by blanks, each
//   NAME=NUMBER TYPE LABEL INDEX      without blanks, for instance zh=11m?5
// TYPE   s string, b bytes, o bool, d double, f float, i int32 or an enum,
//        I int64, u uint32, U uint64, m message, T Timestamp, M FieldMask
// LABEL  * repeated, % map of strings to strings, ? a scalar with presence
// INDEX  of the message's table, with type m
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { MessageType } from "./method.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

type Fields = { readonly [name: string]: unknown };
type Message = { [name: string]: unknown };

interface Field {
  name: string;
  number: number;
  type: string;
  label: string;
  /** The table of a message. */
  index: number;
}

interface Table {
  fields: Field[];
  byNumber: { [number: number]: Field };
}

// What the two well-known types are on the wire.
const WELL_KNOWN = ["seconds=1I nanos=2i", "paths=1s*"];
const TIMESTAMP: MessageType<Fields> = { tables: WELL_KNOWN, index: 0 };
const FIELD_MASK: MessageType<Fields> = { tables: WELL_KNOWN, index: 1 };
const MAP_ENTRY: MessageType<Fields> = {
  tables: ["key=1s value=2s"],
  index: 0,
};

// How a scalar is read and written, and under which wire type.
const VARINT = WireType.Varint;
const SCALARS = {
  s: ["string", WireType.LengthDelimited],
  b: ["bytes", WireType.LengthDelimited],
  o: ["bool", VARINT],
  d: ["double", WireType.Bit64],
  f: ["float", WireType.Bit32],
  i: ["int32", VARINT],
  I: ["int64", VARINT],
  u: ["uint32", VARINT],
  U: ["uint64", VARINT],
} as const;
type Scalar = keyof typeof SCALARS;

const parsed = new WeakMap<readonly string[], Table[]>();

function tableOf({ tables, index }: MessageType<unknown>): Table {
  let known = parsed.get(tables);
  if (!known) parsed.set(tables, (known = []));
  return (known[index] ||= parse(tables[index]!));
}

function parse(line: string): Table {
  const table: Table = { fields: [], byNumber: {} };
  for (const text of line ? line.split(" ") : []) {
    const [, name, number, type, label, index] =
      /^(\w+)=(\d+)(\w)([*%?]?)(\d*)$/.exec(text) as unknown as string[];
    const field = {
      name: name!,
      number: Number(number),
      type: type!,
      label: label!,
      index: Number(index),
    };
    table.fields.push(field);
    table.byNumber[field.number] = field;
  }
  return table;
}

/** The bytes of a message; what is not set is left to its default. */
export function encode<T>(type: MessageType<T>, message: object): Uint8Array {
  const writer = new BinaryWriter(encodeUtf8);
  write(type, message as Fields, writer);
  return writer.finish();
}

/**
 * The message in `bytes`, with the default of each field that is not there;
 * fields that are not known are skipped. Throws when they are no message.
 */
export function decode<T>(type: MessageType<T>, bytes: Uint8Array): T {
  const reader = new BinaryReader(bytes, decodeUtf8);
  return read(type, reader, reader.len) as T;
}

function write(
  type: MessageType<unknown>,
  message: Fields,
  writer: BinaryWriter,
): void {
  for (const field of tableOf(type).fields) {
    const value = message[field.name];
    if (value === undefined || value === null) continue;
    if (field.label === "*") {
      writeList(type, field, value as unknown[], writer);
    } else if (field.label === "%") {
      for (const [key, text] of Object.entries(value)) {
        writeNested(MAP_ENTRY, field, { key, value: text }, writer);
      }
    } else if (isMessage(field)) {
      writeMessage(type, field, value, writer);
    } else if (field.label === "?" || !isDefault(value)) {
      writer.tag(field.number, SCALARS[field.type as Scalar][1]);
      writeScalar(field, value, writer);
    }
  }
}

function writeList(
  type: MessageType<unknown>,
  field: Field,
  values: unknown[],
  writer: BinaryWriter,
): void {
  if (isMessage(field)) {
    for (const value of values) writeMessage(type, field, value, writer);
  } else if (isPackable(field)) {
    if (!values.length) return;
    writer.tag(field.number, WireType.LengthDelimited).fork();
    for (const value of values) writeScalar(field, value, writer);
    writer.join();
  } else {
    for (const value of values) {
      writer.tag(field.number, WireType.LengthDelimited);
      writeScalar(field, value, writer);
    }
  }
}

function writeScalar(field: Field, value: unknown, writer: BinaryWriter): void {
  const put: (value: never) => unknown =
    writer[SCALARS[field.type as Scalar][0]];
  put.call(writer, value as never);
}

function writeMessage(
  { tables }: MessageType<unknown>,
  field: Field,
  value: unknown,
  writer: BinaryWriter,
): void {
  if (field.type === "T") {
    const ms = (value as Date).getTime();
    const seconds = Math.floor(ms / 1000);
    const nanos = (ms - seconds * 1000) * 1e6;
    writeNested(TIMESTAMP, field, { seconds, nanos }, writer);
  } else if (field.type === "M") {
    writeNested(FIELD_MASK, field, { paths: value }, writer);
  } else {
    const type = { tables, index: field.index };
    writeNested(type, field, value as Fields, writer);
  }
}

function writeNested(
  type: MessageType<unknown>,
  field: Field,
  message: Fields,
  writer: BinaryWriter,
): void {
  writer.tag(field.number, WireType.LengthDelimited).fork();
  write(type, message, writer);
  writer.join();
}

// Into `message` when there is one: what comes twice is merged.
function read(
  type: MessageType<unknown>,
  reader: BinaryReader,
  end: number,
  message: Message = blank(tableOf(type)),
): Message {
  const { byNumber } = tableOf(type);
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = byNumber[number];
    if (!field || !readField(type, field, wireType, reader, message)) {
      reader.skip(wireType, number);
    }
  }
  if (reader.pos > end) throw new RangeError("a field overruns its message");
  return message;
}

function blank(table: Table): Message {
  const message: Message = {};
  for (const { name, type, label } of table.fields) {
    message[name] =
      label === "*"
        ? []
        : // Without a prototype: a key of the map may have any name.
          label === "%"
          ? Object.create(null)
          : label === "?"
            ? undefined
            : defaultOf(type);
  }
  return message;
}

function defaultOf(type: string): unknown {
  if (type === "s") return "";
  if (type === "o") return false;
  if (type === "I" || type === "U") return "0";
  if (type === "b") return new Uint8Array(0);
  return "mTM".includes(type) ? undefined : 0;
}

// False: the wire type is not the field's, which makes it an unknown one.
function readField(
  type: MessageType<unknown>,
  field: Field,
  wireType: WireType,
  reader: BinaryReader,
  message: Message,
): boolean {
  const { name, label } = field;
  const delimited = wireType === WireType.LengthDelimited;
  if (isMessage(field) || label === "%") {
    if (!delimited) return false;
    readNested(type, field, reader, message);
  } else if (label === "*" && delimited && isPackable(field)) {
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) {
      (message[name] as unknown[]).push(readScalar(field, reader));
    }
  } else if (wireType === SCALARS[field.type as Scalar][1]) {
    const value = readScalar(field, reader);
    if (label === "*") (message[name] as unknown[]).push(value);
    else message[name] = value;
  } else {
    return false;
  }
  return true;
}

function readScalar(field: Field, reader: BinaryReader): unknown {
  const value = reader[SCALARS[field.type as Scalar][0]]();
  return field.type === "I" || field.type === "U" ? String(value) : value;
}

function readNested(
  { tables }: MessageType<unknown>,
  { name, type, label, index }: Field,
  reader: BinaryReader,
  message: Message,
): void {
  const end = reader.uint32() + reader.pos;
  if (label === "%") {
    const entry = read(MAP_ENTRY, reader, end);
    (message[name] as Message)[entry.key as string] = entry.value;
  } else if (type === "T") {
    const { seconds, nanos } = read(TIMESTAMP, reader, end);
    message[name] = new Date(
      Number(seconds) * 1000 + Math.floor((nanos as number) / 1e6),
    );
  } else if (type === "M") {
    message[name] = read(FIELD_MASK, reader, end).paths;
  } else if (label === "*") {
    (message[name] as Message[]).push(read({ tables, index }, reader, end));
  } else {
    const before = message[name] as Message | undefined;
    message[name] = read({ tables, index }, reader, end, before);
  }
}

function isMessage({ type }: Field): boolean {
  return "mTM".includes(type);
}

function isPackable({ type }: Field): boolean {
  return type !== "s" && type !== "b";
}

function isDefault(value: unknown): boolean {
  return (
    (value === 0 && 1 / value > 0) ||
    value === "" ||
    value === "0" ||
    value === false ||
    (value as Uint8Array).length === 0
  );
}
