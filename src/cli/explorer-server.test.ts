import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { Explorer } from "../page/explorer.ts";
import { documentsOf, pinging } from "../trace/test-documents.ts";
import { encodeTrace } from "../trace/trace-bytes.ts";
import { type ExplorerServer, serveExplorer } from "./explorer-server.ts";

const origin = { tool: { name: "muchado", version: "0" }, target: "pinging", repeat: "" };
let server: ExplorerServer;

beforeAll(async () => {
  server = await serveExplorer(new Explorer(instantiate(pinging), origin), "<p>the page", 0);
});
afterAll(() => server.close());

interface Asked {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Uint8Array;
}

/** Asks as no browser would let a page ask: with any host and any origin. */
function ask(
  path: string,
  { method = "GET", headers = {}, body }: Asked = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, server.url), { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode!, text }));
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

describe("the explorer's server", () => {
  test("listens on this machine alone", () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  test("gives its page, and answers its questions", async () => {
    expect(await ask("/")).toEqual({ status: 200, text: "<p>the page" });
    const { status, text } = await ask("/moves?way=0.0&watched=endless");
    expect([status, JSON.parse(text)]).toMatchObject([
      200,
      { moves: [{ label: "hear(message: ping{from: n1})" }] },
    ]);
    expect(JSON.parse((await ask("/story?way=0.0")).text)).toMatchObject({ steps: [{ action: "ping" }] });
  });

  test.each([
    ["the name of another host", { host: "example.org" }],
    ["the name of another host on the same port", { host: "PORT" }],
    ["another origin", { origin: "https://example.org" }],
    ["the origin of a file", { origin: "null" }],
    ["another site", { "sec-fetch-site": "cross-site" }],
  ])("refuses who comes with %s", async (_, headers) => {
    const written = JSON.stringify(headers).replace("PORT", `example.org:${new URL(server.url).port}`);
    for (const path of ["/", "/moves?way=0", "/story?way=0"]) {
      expect(await ask(path, { headers: JSON.parse(written) as { [name: string]: string } })).toMatchObject({
        status: 403,
      });
    }
  });

  test("lets its own page in under both names of this machine", async () => {
    const host = new URL(server.url).host;
    const local = host.replace("127.0.0.1", "localhost");
    for (const name of [host, local]) {
      expect(await ask("/moves?way=0", { headers: { host: name, origin: `http://${name}` } })).toMatchObject({
        status: 200,
      });
    }
  });

  test("takes a trace and says where it leads", async () => {
    const document = documentsOf(pinging).get("endless")!;
    for (const encoding of ["msgpack", "json"] as const) {
      const { text } = await ask("/trace", { method: "POST", body: encodeTrace(document, encoding) });
      expect(JSON.parse(text)).toEqual({ way: [0, 0, 0, 0, expect.any(Number)], remark: null });
    }
  });

  test("says in a line what is wrong with a question", async () => {
    expect(await ask("/moves?way=0.9")).toMatchObject({
      status: 404,
      text: expect.stringContaining("only one step can be taken"),
    });
    expect(await ask("/moves?way=../..")).toMatchObject({
      status: 404,
      text: expect.stringContaining("numbers"),
    });
    expect(await ask("/trace", { method: "POST", body: Buffer.from("no trace") })).toMatchObject({
      status: 400,
    });
    expect(await ask("/etc/passwd")).toMatchObject({ status: 404 });
  });
});
