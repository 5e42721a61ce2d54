// Headless Chromium with the page of clients.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "playwright-core";

export interface Site {
  origin: string;
  close(): void;
}

/** Serves the page on a port, and so an origin, of its own. */
export async function servePage(): Promise<Site> {
  const script = readFileSync(new URL("page.js", import.meta.url));
  const server = http.createServer((request, response) => {
    const isScript = request.url === "/page.js";
    const type = isScript ? "text/javascript" : "text/html";
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` });
    response.end(isScript ? script : '<script src="/page.js"></script>');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Opens the page; `close` ends the browser. */
export async function openPage(
  origin: string,
): Promise<{ page: Page; close: () => Promise<void> }> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(`in the page: ${error}`));
  await page.goto(origin);
  return { page, close: () => browser.close() };
}
