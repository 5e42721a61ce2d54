// The package as it is shipped: build/dist/index.js, on what a device offers.
import { readFileSync, statSync } from "node:fs";
import vm from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Inbox } from "../testing/inbox.js";
import { refused } from "../testing/refusal.js";
import { serve, type Server } from "../testing/server.js";
import { wxRequest } from "../testing/wx.js";
import { demand, matcher } from "../web/src/index.js";

const BUNDLE = new URL("build/dist/index.js", import.meta.url);
const LIMIT = 40_000;
const ABSENT = [
  "fetch",
  "TextDecoder",
  "TextEncoder",
  "Headers",
  "AbortController",
  "BigInt",
  "URL",
  "process",
  "Buffer",
  "globalThis",
  "XMLHttpRequest",
];

// The package's exports in a world that has wx, timers and the language, and
// in which nothing can be compiled from text.
function load(): typeof import("./src/index.js") {
  const module = { exports: {} };
  const sandbox = { wx: { request: wxRequest() }, setTimeout, clearTimeout };
  const context = vm.createContext(
    { ...sandbox, module, exports: module.exports },
    { codeGeneration: { strings: false, wasm: false } },
  );
  const run = (code: string) => vm.runInContext(code, context);
  run("delete globalThis.BigInt; delete globalThis.globalThis;");
  for (const name of ABSENT) expect(run(`typeof ${name}`)).toBe("undefined");
  expect(() => run('eval("1")')).toThrow();
  expect(() => run('new Function("return 1")')).toThrow();
  run(readFileSync(BUNDLE, "utf8"));
  return module.exports as typeof import("./src/index.js");
}

const inbox = new Inbox();
let server: Server;
beforeAll(async () => {
  inbox.add("“科技小院”邀约😀");
  server = await serve((router) => {
    router.service(matcher.NoticeService, inbox.service);
    router.service(demand.DemandService, {
      listDemandChanges: ({ afterRevision }) => ({
        nextRevision: afterRevision + 1n,
        atHead: true,
      }),
      getDemand: () =>
        inbox.service.getNotice!({} as never, {} as never) as never,
    });
  });
});
afterAll(() => server.close());

it("is small", () => {
  const { size } = statSync(BUNDLE);
  console.log(`@jiedui/miniprogram: ${size} bytes, at most ${LIMIT}`);
  expect(size).toBeLessThanOrEqual(LIMIT);
});

it("gets real answers where a device offers next to nothing", async () => {
  const { createJiedui } = load();
  const jiedui = createJiedui({ baseUrl: server.baseUrl });
  const page = await jiedui.notices.listNotices({ recipient: "volunteers/V1" });
  expect(page.notices[0]!.zh!.title).toBe("“科技小院”邀约😀");
  expect(page.notices[0]!.sequence).toBe("1");
  const big = "9007199254740993";
  const changes = await jiedui.demands.listDemandChanges({
    afterRevision: big,
  });
  expect(changes.nextRevision).toBe("9007199254740994");
});

it("gives typed errors there", async () => {
  const { createJiedui } = load();
  const jiedui = createJiedui({ baseUrl: server.baseUrl });
  const error = await jiedui.demands.getDemand({}).catch((e) => e);
  // Compared as data: it comes from another world.
  expect(JSON.parse(JSON.stringify(error))).toMatchObject(refused);
});

it("watches there", async () => {
  const { createJiedui } = load();
  const jiedui = createJiedui({ baseUrl: server.baseUrl, chunked: true });
  const title = await new Promise((resolve) => {
    const watch = jiedui.watchNotices("volunteers/V1", "0", {
      onItems([notice]) {
        watch.stop();
        resolve(notice!.zh!.title);
      },
    });
  });
  expect(title).toBe("“科技小院”邀约😀");
});
