// A volunteer's pending offers, and accepting the first of them.
import {
  JieduiError,
  createJiedui,
  matcher,
  newRequestId,
  type JieduiOptions,
} from "@jiedui/client";

/** What came of it, for people to read. */
export async function acceptFirstOffer(
  options: JieduiOptions,
  volunteer: string,
): Promise<string> {
  const jiedui = createJiedui(options);
  // A read: repeated by itself when the service cannot be reached.
  const { offers } = await jiedui.matcher.listOffers({
    filter: `addressee = "${volunteer}" AND state = PENDING`,
  });
  const offer = offers[0];
  if (!offer) return "没有待答复的邀约";
  try {
    const accepted = await jiedui.matcher.acceptOffer({
      name: offer.name,
      etag: offer.etag,
      // With it the server does this once, however often it is asked.
      requestId: newRequestId(),
    });
    return `${accepted.name}：${matcher.Offer_State[accepted.state]}`;
  } catch (error) {
    if (!(error instanceof JieduiError)) throw error;
    // Decide by reason, show the Chinese or the English message.
    if (error.reason === "ETAG_MISMATCH") return "邀约已有变化，请刷新";
    return error.zh;
  }
}
