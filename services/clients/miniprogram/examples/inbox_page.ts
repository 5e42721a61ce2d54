// A mini-program's page that shows an inbox while it is on the screen.
import {
  JieduiError,
  createJiedui,
  newRequestId,
  type Watch,
  type matcher,
} from "@jiedui/miniprogram";

declare const wx: { getStorageSync(key: string): string };
declare function Page(page: object): void;

const jiedui = createJiedui({
  baseUrl: "https://jiedui.example.cn",
  // The app logs in by wx.login and keeps the token itself.
  token: async () => wx.getStorageSync("token"),
});

Page({
  data: { notices: [] as matcher.Notice[], error: "" },
  watch: undefined as Watch<string> | undefined,

  // Only on the screen: in the background requests are cut off.
  onShow(this: InboxPage) {
    const notices = this.data.notices;
    const cursor = notices.length ? notices[notices.length - 1]!.sequence : "0";
    this.watch = jiedui.watchNotices("volunteers/V00000001", cursor, {
      onItems: (items) =>
        this.setData({ notices: this.data.notices.concat(items), error: "" }),
      onState: (_, error) => {
        if (error) this.setData({ error: error.zh });
      },
    });
  },

  onHide(this: InboxPage) {
    this.watch?.stop();
  },

  async accept(this: InboxPage, offer: string) {
    try {
      await jiedui.matcher.acceptOffer({
        name: offer,
        requestId: newRequestId(),
      });
    } catch (error) {
      if (!(error instanceof JieduiError)) throw error;
      this.setData({ error: error.zh });
    }
  },
});

interface InboxPage {
  data: { notices: matcher.Notice[]; error: string };
  watch: Watch<string> | undefined;
  setData(data: { notices?: matcher.Notice[]; error?: string }): void;
}
