// Random messages of any type, from a seed.
import {
  create,
  type DescField,
  type DescMessage,
  type MessageShape,
} from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";

/** Numbers from 0 to less than 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEXTS = ["", "a", "荔枝园", "100% é", "😀x", "x".repeat(200), "\u0000"];
const NUMBERS = [0, 1, -1, 127, 128, 2 ** 31 - 1, -(2 ** 31)];
const BIG = [0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)];

/** A message with each field set, or not, at random. */
export function randomMessage<Desc extends DescMessage>(
  desc: Desc,
  random: () => number,
  depth = 3,
): MessageShape<Desc> {
  const message = create(desc);
  const fields = reflect(desc, message);
  for (const field of desc.fields) {
    if (random() < 0.3) continue;
    setField(fields, field, random, depth);
  }
  return message;
}

function setField(
  fields: ReflectMessage,
  field: DescField,
  random: () => number,
  depth: number,
): void {
  const count = Math.floor(random() * 4);
  if (field.fieldKind === "list") {
    const list = fields.get(field);
    for (let i = 0; i < count; ++i) {
      if (field.listKind === "message") {
        if (depth > 0) list.add(nested(field.message, random, depth));
      } else {
        list.add(single(field, random));
      }
    }
  } else if (field.fieldKind === "map") {
    const map = fields.get(field);
    for (let i = 0; i < count; ++i) map.set(`k${i}`, pick(TEXTS, random));
  } else if (field.fieldKind === "message") {
    if (depth > 0) fields.set(field, nested(field.message, random, depth));
  } else {
    fields.set(field, single(field, random));
  }
}

// Timestamps are whole milliseconds, which is what a Date can hold.
function nested(
  desc: DescMessage,
  random: () => number,
  depth: number,
): ReflectMessage {
  const message = randomMessage(desc, random, depth - 1);
  if (desc.typeName === "google.protobuf.Timestamp") {
    Object.assign(message, {
      seconds: BigInt(Math.floor((random() - 0.3) * 4e9)),
      nanos: Math.floor(random() * 1000) * 1e6,
    });
  }
  return reflect(desc, message);
}

function single(
  field: DescField & { scalar?: ScalarType | undefined; enum?: unknown },
  random: () => number,
): unknown {
  switch (field.scalar) {
    case undefined:
      return Math.floor(random() * 4);
    case ScalarType.STRING:
      return pick(TEXTS, random);
    case ScalarType.BYTES:
      return new Uint8Array([0, 1, 255].slice(Math.floor(random() * 4)));
    case ScalarType.BOOL:
      return random() < 0.5;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return pick([0, -0, 0.5, -4, Infinity], random);
    case ScalarType.INT64:
      return pick(BIG, random);
    case ScalarType.UINT64:
      return BigInt.asUintN(64, pick(BIG, random));
    case ScalarType.UINT32:
      return pick(NUMBERS, random) >>> 0;
    default:
      return pick(NUMBERS, random);
  }
}

function pick<T>(values: T[], random: () => number): T {
  return values[Math.floor(random() * values.length)]!;
}
