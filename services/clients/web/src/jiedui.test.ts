import { once } from "node:events";
import net from "node:net";
import type { ConnectRouter } from "@connectrpc/connect";
import { Code as ConnectCode, ConnectError } from "@connectrpc/connect";
import { afterEach, describe, expect, it } from "vitest";
import { Inbox } from "../../testing/inbox.js";
import { refusal, refused } from "../../testing/refusal.js";
import { serve, type Server } from "../../testing/server.js";
import {
  Code,
  createJiedui,
  matcher,
  newRequestId,
  type JieduiOptions,
} from "./index.js";

const FAST = { initialMs: 1, maxMs: 2 };

let server: Server | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function connect(
  routes: (router: ConnectRouter) => void,
  options: Partial<JieduiOptions> = {},
) {
  server = await serve(routes);
  return createJiedui({ baseUrl: server.baseUrl, retry: FAST, ...options });
}

// Fails with UNAVAILABLE as often as it is told to.
function flaky(failures: number) {
  const calls = { count: 0 };
  const answer = () => {
    if (++calls.count <= failures) {
      throw new ConnectError("busy", ConnectCode.Unavailable);
    }
    return { name: "offers/O1", state: matcher.Offer_State.ACCEPTED };
  };
  const routes = (router: ConnectRouter) =>
    void router.service(matcher.MatcherService, {
      getOffer: answer,
      acceptOffer: answer,
    });
  return { calls, routes };
}

describe("a call", () => {
  it("is answered", async () => {
    const { routes } = flaky(0);
    const jiedui = await connect(routes);
    const offer = await jiedui.matcher.getOffer({ name: "offers/O1" });
    expect(offer.name).toBe("offers/O1");
    expect(offer.state).toBe(matcher.Offer_State.ACCEPTED);
  });

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
    await jiedui.matcher.getOffer({ name: "offers/O1" });
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
      router.service(matcher.NoticeService, new Inbox().service),
    );
    await expect(jiedui.notices.getNotice({ name: "x" })).rejects.toMatchObject(
      refused,
    );
  });

  it("fails with UNIMPLEMENTED when the server does not know it", async () => {
    const jiedui = await connect(() => {});
    await expect(jiedui.matcher.getOffer({})).rejects.toMatchObject({
      code: Code.UNIMPLEMENTED,
    });
  });

  it("fails with DEADLINE_EXCEEDED when its time is over", async () => {
    const jiedui = await connect((router) =>
      router.service(matcher.MatcherService, {
        getOffer: (_, { signal }) =>
          once(signal, "abort").then(() => ({ name: "late" })),
      }),
    );
    await expect(
      jiedui.matcher.getOffer({}, { timeoutMs: 50 }),
    ).rejects.toMatchObject({ code: Code.DEADLINE_EXCEEDED });
  });

  it("is cancelled by its signal, at the server too", async () => {
    const controller = new AbortController();
    let cancelled = () => {};
    const wasCancelled = new Promise<void>((done) => (cancelled = done));
    const jiedui = await connect((router) =>
      router.service(matcher.MatcherService, {
        async getOffer(_, { signal }) {
          controller.abort();
          await once(signal, "abort");
          cancelled();
          return {};
        },
      }),
    );
    const { signal } = controller;
    await expect(jiedui.matcher.getOffer({}, { signal })).rejects.toMatchObject(
      { code: Code.CANCELLED },
    );
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
    const request = { name: "offers/O1", requestId: newRequestId() };
    await jiedui.matcher.acceptOffer(request);
    expect(calls.count).toBe(3);
  });

  it("that changes something is made once without a request_id", async () => {
    const { calls, routes } = flaky(2);
    const jiedui = await connect(routes);
    await expect(
      jiedui.matcher.acceptOffer({ name: "offers/O1" }),
    ).rejects.toMatchObject({ code: Code.UNAVAILABLE, transient: true });
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

it("an answer without an end is no success, but UNAVAILABLE", async () => {
  // One message of a stream, and then nothing.
  const body = Buffer.from("000000000000", "hex").subarray(0, 5);
  const broken = net.createServer((socket) =>
    socket.once("data", () =>
      socket.end(
        "HTTP/1.1 200 OK\r\ncontent-type: application/grpc-web+proto\r\n" +
          `connection: close\r\n\r\n${body}`,
      ),
    ),
  );
  broken.listen(0, "127.0.0.1");
  await once(broken, "listening");
  const { port } = broken.address() as net.AddressInfo;
  const jiedui = createJiedui({
    baseUrl: `http://127.0.0.1:${port}`,
    retry: { attempts: 1 },
  });
  const unavailable = { code: Code.UNAVAILABLE };
  await expect(jiedui.notices.listNotices({})).rejects.toMatchObject(
    unavailable,
  );
  const stream = jiedui.notices.watchNotices({});
  await expect(
    (async () => {
      for await (const _ of stream);
    })(),
  ).rejects.toMatchObject(unavailable);
  broken.close();
});

it("a stream fails with typed errors too", async () => {
  const jiedui = await connect((router) =>
    router.service(matcher.NoticeService, {
      async *watchNotices() {
        yield {};
        throw refusal();
      },
    }),
  );
  let messages = 0;
  await expect(
    (async () => {
      for await (const _ of jiedui.notices.watchNotices({})) ++messages;
    })(),
  ).rejects.toMatchObject(refused);
  expect(messages).toBe(1);
});

describe("watching an inbox", () => {
  async function watched(inbox: Inbox, count: number, after = 0n) {
    const jiedui = await connect((router) =>
      router.service(matcher.NoticeService, inbox.service),
    );
    const titles: string[] = [];
    let enough = () => {};
    const done = new Promise<void>((resolve) => (enough = resolve));
    const watch = jiedui.watchNotices("volunteers/V1", after, {
      onItems(notices) {
        titles.push(...notices.map(({ zh }) => zh!.title));
        if (titles.length >= count) enough();
      },
      pollMs: 1,
    });
    return { titles, watch, done };
  }

  it("streams what is there and what comes, and ends its stream", async () => {
    const inbox = new Inbox();
    inbox.add("邀约一");
    const { titles, watch, done } = await watched(inbox, 2);
    await inbox.until(() => inbox.open === 1);
    inbox.add("邀约二");
    await done;
    watch.stop();
    await watch.done;
    expect(titles).toEqual(["邀约一", "邀约二"]);
    expect(watch.cursor).toBe(2n);
    await inbox.until(() => inbox.open === 0);
  });

  it("goes on behind the cursor by polling where streams are refused", async () => {
    const inbox = new Inbox();
    inbox.withoutStreams = true;
    for (const title of ["一", "二", "三", "四"]) inbox.add(title);
    const { titles, watch, done } = await watched(inbox, 3, 1n);
    await done;
    watch.stop();
    expect(titles).toEqual(["二", "三", "四"]);
    expect(inbox.opened).toBe(0);
  });
});
