// A demand's life from its proposal to a certificate, by both packages, against
// Jiedui itself: node life.mjs BASE_URL. The sample province is loaded.
import assert from "node:assert/strict";
import {
  Code,
  JieduiError,
  createJiedui,
  matcher,
  newRequestId,
  type,
} from "@jiedui/client";
import { loadMiniprogram } from "./miniprogram_world.js";

const baseUrl = process.argv[2]!;
const office = createJiedui({ baseUrl, actor: "茂名市科协" });
const mini = loadMiniprogram();
const phone = mini.createJiedui({ baseUrl, actor: "志愿者本人" });

function say(what: string): void {
  console.log(`  ✓ ${what}`);
}

// --- in a browser: a round, and a proposal approved
const phases = new Set<string>();
let round: matcher.Round | undefined;
for await (const { step } of office.matcher.runRound({})) {
  if (step.case === "progress") phases.add(step.value.phase);
  if (step.case === "round") round = step.value;
}
assert(round && phases.size > 2);
say(`a round runs, and tells of its progress: ${[...phases].join(", ")}`);

const { pairings } = await office.matcher.listPairings({
  filter: "state = PROPOSED",
  pageSize: 100,
});
const isExpert = ({ kind }: { kind: type.PartKind }) =>
  kind === type.PartKind.EXPERT;
const pairing = pairings.find(({ parts }) =>
  parts.some((part) => isExpert(part) && part.choices.length > 0),
);
assert(pairing, "no pairing with an expert");
await assert.rejects(
  office.matcher.approvePairing({ name: pairing.name, etag: "stale" }),
  (error: JieduiError) =>
    error.code === Code.ABORTED &&
    error.reason === "ETAG_MISMATCH" &&
    error.zh.includes("已被他人修改") &&
    error.en.includes("changed by someone else"),
);
say("an outdated etag is refused in both languages");
await office.matcher.approvePairing({
  name: pairing.name,
  etag: pairing.etag,
  requestId: newRequestId(),
});
say(`${pairing.name} is approved`);

// --- on a phone: the inbox, the offer, the service
const { offers } = await phone.matcher.listOffers({
  filter: `pairing = "${pairing.name}" AND part = EXPERT AND state = PENDING`,
});
const offer = offers[0];
assert(offer, "nobody was asked");
const volunteer = offer.addressee;
const notice = await new Promise<{ kind: string; zh: { title: string } }>(
  (resolve, reject) => {
    const watch = phone.watchNotices(volunteer, "0", {
      onItems(notices) {
        const found = notices.find(({ kind }) =>
          kind.startsWith("OFFER_RECEIVED"),
        );
        if (!found) return;
        watch.stop();
        resolve(found as { kind: string; zh: { title: string } });
      },
      pollMs: 100,
    });
    watch.done.catch(reject);
  },
);
say(`${volunteer} is told: ${notice.zh.title}`);

const accept = { name: offer.name, requestId: mini.newRequestId() };
const accepted = await phone.matcher.acceptOffer(accept);
assert.equal(accepted.state, mini.matcher.Offer_State.ACCEPTED);
const again = await phone.matcher.acceptOffer(accept);
assert.equal(again.etag, accepted.etag);
say("the offer is accepted, once, however often that is asked");

const record = await phone.matcher.checkIn({ pairing: pairing.name });
assert.equal(record.volunteer, volunteer);
const out = await phone.matcher.checkOut({ name: record.name });
assert.equal(out.state, mini.matcher.ServiceRecord_State.CLOSED);
assert(out.checkInTime!.getTime() <= out.checkOutTime!.getTime());
say("checked in, and out");

const late = await phone.records.addLateRecord({
  pairing: pairing.name,
  startTime: new Date(Date.now() - 5 * 3600 * 1000),
  endTime: new Date(Date.now() - 2 * 3600 * 1000),
  evidence: ["签到表"],
  requestId: mini.newRequestId(),
});
await office.records.approveRecord({ name: late.name });
const hours = await phone.records.getHours({ subject: volunteer });
assert.equal(hours.enteredMinutes, "180");
say("three hours entered late count once somebody else has approved them");

const before = await phone.volunteers.getVolunteer({ name: volunteer });
const after = await phone.volunteers.updateVolunteer({
  volunteer: { ...before, summary: "荔枝栽培；可视频答疑" },
  updateMask: ["summary"],
});
assert.equal(after.summary, "荔枝栽培；可视频答疑");
assert.equal(after.displayName, before.displayName);
say("the volunteer changes what he says of himself");

// --- in a browser again: a certificate, which the phone shows
const certificate = await office.records.issueCertificate({
  volunteer,
  issuer: "茂名市科学技术协会",
});
const page = await phone.records.renderCertificate({ name: certificate.name });
assert(page.html.includes(certificate.holderName));
say(`${certificate.name} is issued, and shown`);

// --- following demands: both see the same
const seen = { office: new Set<string>(), phone: new Set<string>() };
await new Promise<void>((resolve, reject) => {
  const all = () => {
    const done = [...seen.office].some((name) => name === pairing.demand);
    if (!done || !seen.phone.has(pairing.demand)) return;
    one.stop();
    two.stop();
    resolve();
  };
  const one = office.watchDemands(0n, {
    onItems(demands) {
      for (const { name } of demands) seen.office.add(name);
      all();
    },
  });
  const two = phone.watchDemands("0", {
    onItems(demands) {
      for (const { name } of demands) seen.phone.add(name);
      all();
    },
    pollMs: 100,
  });
  one.done.catch(reject);
  two.done.catch(reject);
});
say("both follow the demands");
process.exit(0);
