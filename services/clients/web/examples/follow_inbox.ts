// An inbox on a page, which goes on after a reload where it was.
import { createJiedui, type JieduiOptions, type Watch } from "@jiedui/client";

/** Where the page keeps the cursor, for instance localStorage. */
export interface Place {
  load(): string | null;
  save(cursor: string): void;
}

export function followInbox(
  options: JieduiOptions,
  recipient: string,
  place: Place,
  show: (title: string) => void,
): Watch<bigint> {
  const jiedui = createJiedui(options);
  return jiedui.watchNotices(recipient, BigInt(place.load() ?? 0), {
    onItems(notices, cursor) {
      for (const { zh } of notices) show(zh!.title);
      place.save(String(cursor));
    },
    onState: (state, error) => {
      if (state === "retrying") show(error!.zh);
    },
  });
}
