import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { ConnectRouter } from "@connectrpc/connect";
import { Code as ConnectCode, ConnectError } from "@connectrpc/connect";
import { afterEach, describe, expect, it } from "vitest";
import { Inbox } from "../../testing/inbox.js";
import { refused } from "../../testing/refusal.js";
import { serve, type Server } from "../../testing/server.js";
import { wxRequest } from "../../testing/wx.js";
import { matcher as web } from "../../web/src/index.js";
import {
  Code,
  Stop,
  createJiedui,
  newRequestId,
  type ChannelOptions,
} from "./index.js";

const FAST = { initialMs: 1, maxMs: 2 };

let server: Server | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function connect(
  routes: (router: ConnectRouter) => void,
  options: Partial<ChannelOptions> = {},
) {
  server = await serve(routes);
  const { baseUrl } = server;
  return createJiedui({
    baseUrl,
    request: wxRequest(),
    retry: FAST,
    ...options,
  });
}

// Fails with UNAVAILABLE as often as it is told to.
function flaky(failures: number) {
  const calls = { count: 0 };
  const answer = () => {
    if (++calls.count <= failures) {
      throw new ConnectError("busy", ConnectCode.Unavailable);
    }
    return { name: "offers/O1", fence: 2n ** 60n };
  };
  const routes = (router: ConnectRouter) =>
    void router.service(web.MatcherService, {
      getOffer: answer,
      acceptOffer: answer,
    });
  return { calls, routes };
}

describe("a call", () => {
  it("is repeated when its token could not be had", async () => {
    const { routes } = flaky(0);
    let asked = 0;
    const jiedui = await connect(routes, {
      token: async () => {
        if (++asked === 1) throw new TypeError("offline");
        return "t2";
      },
    });
    await jiedui.matcher.getOffer({ name: "offers/O1" });
    expect(server!.requests.map((headers) => headers.authorization)).toEqual([
      "Bearer t2",
    ]);
  });

  it("carries the token of now, who acts, and the time allowed", async () => {
    const { routes } = flaky(1);
    let tokens = 0;
    const jiedui = await connect(routes, {
      token: async () => `t${++tokens}`,
      actor: "李老师",
      timeoutMs: 5000,
    });
    const offer = await jiedui.matcher.getOffer({ name: "offers/O1" });
    expect(offer.name).toBe("offers/O1");
    expect(server!.requests.map((headers) => headers.authorization)).toEqual([
      "Bearer t1",
      "Bearer t2",
    ]);
    const { "x-jiedui-actor": actor, "grpc-timeout": timeout } =
      server!.requests[0]!;
    expect(decodeURIComponent(actor as string)).toBe("李老师");
    expect(timeout).toBe("5000m");
  });

  it("fails with reason, both messages and fields", async () => {
    const jiedui = await connect((router) =>
      router.service(web.NoticeService, {
        listNotices: () =>
          new Inbox().service.getNotice!({} as never, {} as never) as never,
      }),
    );
    await expect(jiedui.notices.listNotices({})).rejects.toMatchObject(refused);
  });

  it("fails with UNIMPLEMENTED when the server does not know it", async () => {
    const jiedui = await connect(() => {});
    await expect(jiedui.matcher.getOffer({})).rejects.toMatchObject({
      code: Code.UNIMPLEMENTED,
    });
  });

  it("fails with DEADLINE_EXCEEDED when the server says so", async () => {
    const jiedui = await connect((router) =>
      router.service(web.MatcherService, {
        async getOffer(_, { signal }) {
          await once(signal, "abort");
          throw signal.reason;
        },
      }),
    );
    await expect(
      jiedui.matcher.getOffer({}, { timeoutMs: 50 }),
    ).rejects.toMatchObject({ code: Code.DEADLINE_EXCEEDED });
  });

  it("fails with DEADLINE_EXCEEDED when the server says nothing", async () => {
    const silent = http.createServer(() => {});
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    const jiedui = createJiedui({ baseUrl, request: wxRequest() });
    await expect(
      jiedui.matcher.getOffer({}, { timeoutMs: 50 }),
    ).rejects.toMatchObject({ code: Code.DEADLINE_EXCEEDED });
    silent.closeAllConnections();
    silent.close();
  });

  it("is cancelled when it is stopped, at the server too", async () => {
    const stop = new Stop();
    let cancelled = () => {};
    const wasCancelled = new Promise<void>((done) => (cancelled = done));
    const jiedui = await connect((router) =>
      router.service(web.MatcherService, {
        async getOffer(_, { signal }) {
          stop.stop();
          await once(signal, "abort");
          cancelled();
          return {};
        },
      }),
    );
    await expect(jiedui.matcher.getOffer({}, { stop })).rejects.toMatchObject({
      code: Code.CANCELLED,
    });
    await wasCancelled;
  });
});

describe("when the service cannot be reached, a call", () => {
  it("that reads is repeated", async () => {
    const { calls, routes } = flaky(2);
    const jiedui = await connect(routes);
    await jiedui.matcher.getOffer({ name: "offers/O1" });
    expect(calls.count).toBe(3);
  });

  it("that changes something is repeated under its request_id", async () => {
    const { calls, routes } = flaky(2);
    const jiedui = await connect(routes);
    await jiedui.matcher.acceptOffer({ requestId: newRequestId() });
    expect(calls.count).toBe(3);
  });

  it("that changes something is made once without a request_id", async () => {
    const { calls, routes } = flaky(2);
    const jiedui = await connect(routes);
    await expect(jiedui.matcher.acceptOffer({})).rejects.toMatchObject({
      code: Code.UNAVAILABLE,
      transient: true,
    });
    expect(calls.count).toBe(1);
  });

  it("fails with UNAVAILABLE, in words for people", async () => {
    const jiedui = await connect(() => {});
    await server!.close();
    const error = await jiedui.matcher.getOffer({}).catch((e) => e);
    expect(error).toMatchObject({
      name: "JieduiError",
      code: Code.UNAVAILABLE,
    });
    expect(error.zh).toContain("连不上");
  });
});

// What a plain HTTP server answers.
async function answered(
  status: number,
  type: string,
  body: Uint8Array | string,
): Promise<unknown> {
  const plain = http.createServer((_, response) => {
    response.writeHead(status, { "content-type": type });
    response.end(body);
  });
  plain.listen(0, "127.0.0.1");
  await once(plain, "listening");
  const { port } = plain.address() as AddressInfo;
  try {
    const jiedui = createJiedui({
      baseUrl: `http://127.0.0.1:${port}/`,
      request: wxRequest(),
      retry: { attempts: 1 },
    });
    return await jiedui.matcher.getOffer({}).catch((error) => error.code);
  } finally {
    plain.close();
  }
}

describe("an answer that is not gRPC-web's", () => {
  it.each([
    [400, Code.INTERNAL],
    [401, Code.UNAUTHENTICATED],
    [403, Code.PERMISSION_DENIED],
    [404, Code.UNIMPLEMENTED],
    [413, Code.UNKNOWN],
    [502, Code.UNAVAILABLE],
  ])("with HTTP %i fails with %i", async (status, code) => {
    expect(await answered(status, "text/html", "<p>no</p>")).toBe(code);
  });

  it("is no success when it has no end", async () => {
    const type = "application/grpc-web+proto";
    expect(await answered(200, type, new Uint8Array(5))).toBe(Code.UNAVAILABLE);
    expect(await answered(200, type, new Uint8Array(3))).toBe(Code.UNAVAILABLE);
    expect(await answered(200, type, "")).toBe(Code.UNAVAILABLE);
  });

  it("is no success when something follows, or an answer lacks", async () => {
    const type = "application/grpc-web+proto";
    const trailers = [...Buffer.from("grpc-status: 0\r\n")];
    const end = [0x80, 0, 0, 0, trailers.length, ...trailers];
    const message = [0, 0, 0, 0, 0];
    const of = (...bytes: number[]) => answered(200, type, Buffer.from(bytes));
    expect(await of(...message, ...end)).toMatchObject({ name: "" });
    expect(await of(...message, ...end, 0, 0)).toBe(Code.UNAVAILABLE);
    expect(await of(...end)).toBe(Code.INTERNAL);
    expect(await of(...message, ...message, ...end)).toBe(Code.INTERNAL);
  });

  it("is no success when it is damaged", async () => {
    const type = "application/grpc-web+proto";
    const damaged = Uint8Array.from([0, 0, 0, 0, 1, 255]);
    expect(await answered(200, type, damaged)).toBe(Code.INTERNAL);
  });
});

describe.each([
  ["by polling, as every device can", {}, 0],
  ["in chunks where the device can do that", { chunked: true }, 1],
])("watching an inbox %s", (_, options, streams) => {
  it("gives what is there and what comes", async () => {
    const inbox = new Inbox();
    for (const title of ["一", "二", "三"]) inbox.add(title);
    const jiedui = await connect(
      (router) => router.service(web.NoticeService, inbox.service),
      options,
    );
    const titles: string[] = [];
    await new Promise<void>((resolve) => {
      const watch = jiedui.watchNotices("volunteers/V1", "1", {
        onItems(notices) {
          titles.push(...notices.map(({ zh }) => zh!.title));
          if (titles.length === 2) inbox.add("四");
          if (titles.length === 3) {
            watch.stop();
            resolve(watch.done);
          }
        },
        pollMs: 1,
      });
    });
    expect(titles).toEqual(["二", "三", "四"]);
    expect(inbox.opened).toBe(streams);
    await inbox.until(() => inbox.open === 0);
  });
});

it("a watch ends its stream when the receiver throws", async () => {
  const inbox = new Inbox();
  inbox.add("一");
  const jiedui = await connect(
    (router) => router.service(web.NoticeService, inbox.service),
    { chunked: true },
  );
  const thrown = new Error("the receiver's");
  const watch = jiedui.watchNotices("volunteers/V1", "0", {
    onItems() {
      throw thrown;
    },
  });
  await expect(watch.done).rejects.toBe(thrown);
  await inbox.until(() => inbox.open === 0);
});

it.each([
  ["in chunks, or", true],
  ["at its end from a device that has no chunks,", false],
])("a stream comes %s whole", async (_, chunks) => {
  const jiedui = await connect(
    (router) =>
      router.service(web.NoticeService, {
        async *watchNotices() {
          for (let i = 1n; i <= 1000n; ++i) yield { notice: { sequence: i } };
        },
      }),
    { chunked: true, request: wxRequest({ chunks }) },
  );
  const sequences: string[] = [];
  await jiedui.notices.watchNotices({}, ({ notice }) => {
    sequences.push(notice!.sequence);
  });
  expect(sequences).toHaveLength(1000);
  expect(sequences.at(-1)).toBe("1000");
});
