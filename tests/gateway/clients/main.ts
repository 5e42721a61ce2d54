// The client matrix: node matrix.mjs PROBE [TEXT], PROBE being jiedui_probe, and
// TEXT a part of the names of the clients to run.
import { CASES } from "./cases.js";
import { bufCurl } from "./buf_curl.js";
import { openPage, servePage } from "./browser.js";
import { unnoticed } from "./can_fail.js";
import type { Connect } from "./caller.js";
import { jieduiClient } from "./connect.js";
import { miniprogram, miniprogramChunked } from "./miniprogram.js";
import { serveOracle } from "./oracle.js";
import { startProbe } from "./probe.js";
import { runCases } from "./run.js";
import { faults, print, type Row } from "./table.js";

const IN_NODE: Record<string, Connect> = {
  "@jiedui/client (Node)": jieduiClient,
  "mini-program": miniprogram,
  "mini-program chunked": miniprogramChunked,
  "buf curl": bufCurl,
};

// Above 1 MiB, so that messages of 1 MiB pass, and exact.
const MESSAGE_LIMIT = (1 << 20) + 4096;

const [program, only = ""] = process.argv.slice(2);
const site = await servePage();
const probe = await startProbe(program!, site.origin, MESSAGE_LIMIT);
const oraclePort = await serveOracle(site.origin, MESSAGE_LIMIT);
const { page, close } = await openPage(site.origin);
const gateway: Row[] = [];
const oracle: Row[] = [];
let missed: string[];
try {
  const servers: [string, Row[]][] = [
    [probe.baseUrl, gateway],
    [`http://127.0.0.1:${oraclePort}`, oracle],
  ];
  for (const [baseUrl, rows] of servers) {
    for (const client of await page.evaluate(() => window.clients)) {
      if (!wanted(client, rows)) continue;
      const results = await page.evaluate(
        ([client, url, limit]) => window.runClient(client, url, limit),
        [client, baseUrl, MESSAGE_LIMIT] as const,
      );
      rows.push({ client, results });
    }
    for (const [client, connect] of Object.entries(IN_NODE)) {
      if (!wanted(client, rows)) continue;
      const results = await runCases(connect, baseUrl, MESSAGE_LIMIT);
      rows.push({ client, results });
    }
  }
  missed = await unnoticed(probe.baseUrl, MESSAGE_LIMIT);
} finally {
  await close();
  await probe.stop();
  site.close();
}

// connect-node has no text mode.
function wanted(client: string, rows: Row[]): boolean {
  return client.includes(only) && !(rows === oracle && client.endsWith("text"));
}

print("Jiedui's gateway 网关", gateway);
print("connect-node, for comparison 对照", oracle);
const count = gateway.length * CASES.length;
const wrong = faults(gateway).length;
console.log(
  `\n${count - wrong} of ${count} hold with the gateway, ` +
    `${oracle.length * CASES.length - faults(oracle).length} of ` +
    `${oracle.length * CASES.length} with connect-node`,
);
console.log(missed.join("\n") || "every planted fault is noticed");
const good = count > 0 && wrong === 0 && missed.length === 0;
process.exit(good ? 0 : 1);
