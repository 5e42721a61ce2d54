import { Code, ConnectError } from "@connectrpc/connect";
import { matcher } from "@jiedui/client";
import { afterEach, expect, it } from "vitest";
import { Inbox } from "../../testing/inbox.js";
import { refusal } from "../../testing/refusal.js";
import { serve, type Server } from "../../testing/server.js";
import { acceptFirstOffer } from "./answer_offers.js";
import { followInbox } from "./follow_inbox.js";

let server: Server;
afterEach(() => server.close());

const offer = { name: "offers/O1", etag: "e1" };

it("the first pending offer is accepted", async () => {
  const accepted = matcher.Offer_State.ACCEPTED;
  server = await serve((router) =>
    router.service(matcher.MatcherService, {
      listOffers: ({ filter }) => {
        expect(filter).toBe('addressee = "volunteers/V1" AND state = PENDING');
        return { offers: [offer] };
      },
      acceptOffer: ({ name, etag, requestId }) => {
        expect({ name, etag }).toEqual(offer);
        expect(requestId).not.toBe("");
        return { name, state: accepted };
      },
    }),
  );
  const said = await acceptFirstOffer(server, "volunteers/V1");
  expect(said).toBe("offers/O1：ACCEPTED");
});

it("what the server refuses is shown in Chinese", async () => {
  server = await serve((router) =>
    router.service(matcher.MatcherService, {
      listOffers: () => ({ offers: [offer] }),
      acceptOffer: () => {
        throw refusal();
      },
    }),
  );
  expect(await acceptFirstOffer(server, "volunteers/V1")).toContain("不合要求");
});

it("an inbox is followed, and its place kept", async () => {
  const inbox = new Inbox();
  for (const title of ["一", "二"]) inbox.add(title);
  let refusals = 1;
  server = await serve((router) =>
    router.service(matcher.NoticeService, {
      ...inbox.service,
      watchNotices: (request, context) => {
        if (refusals-- > 0) throw new ConnectError("", Code.Unavailable);
        return inbox.service.watchNotices!(request, context);
      },
    }),
  );
  let kept = "1";
  const place = { load: () => kept, save: (c: string) => void (kept = c) };
  const shown: string[] = [];
  await new Promise<void>((resolve) => {
    const watch = followInbox(server, "volunteers/V1", place, (title) => {
      shown.push(title);
      if (title !== "二") return;
      watch.stop();
      resolve(watch.done);
    });
  });
  expect(shown).toEqual(["连不上服务：请检查网络后重试", "二"]);
  expect(kept).toBe("2");
});
