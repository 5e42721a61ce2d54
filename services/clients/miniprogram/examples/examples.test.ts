import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Inbox } from "../../testing/inbox.js";
import { refusal } from "../../testing/refusal.js";
import { serve, type Server } from "../../testing/server.js";
import { wxRequest } from "../../testing/wx.js";
import { matcher } from "../../web/src/index.js";

const inbox = new Inbox();
let server: Server;
beforeAll(async () => {
  server = await serve((router) => {
    router.service(matcher.NoticeService, inbox.service);
    router.service(matcher.MatcherService, {
      acceptOffer: () => {
        throw refusal();
      },
    });
  });
});
afterAll(() => server.close());

it("the page shows its inbox while it is on the screen", async () => {
  const request = wxRequest();
  const { baseUrl } = server;
  let page: any;
  vi.stubGlobal("wx", {
    getStorageSync: () => "t1",
    // The example's address, led to the server of this test.
    request: (options: Parameters<typeof request>[0]) =>
      request({
        ...options,
        url: options.url.replace("https://jiedui.example.cn", baseUrl),
      }),
  });
  vi.stubGlobal("Page", (defined: object) => (page = defined));
  await import("./inbox_page.js");

  inbox.add("一");
  await new Promise<void>((shown) => {
    page.setData = (data: object) => {
      Object.assign(page.data, data);
      shown();
    };
    page.onShow();
  });
  page.onHide();
  await page.watch.done;
  expect(page.data.notices[0].zh.title).toBe("一");
  expect(server.requests.at(-1)!.authorization).toBe("Bearer t1");

  await page.accept("offers/O1");
  expect(page.data.error).toContain("不合要求");
});
