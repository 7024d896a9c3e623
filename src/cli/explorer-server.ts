/** The explorer's server: one page and a few questions, answered to that page on this machine and to nobody else. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Explorer, NoSuchWay } from "../page/explorer.ts";
import type { Way } from "../page/page-data.ts";
import { decodeTrace, UnreadableTrace } from "../trace/trace-bytes.ts";

/** The only address that is listened on: nobody beyond this machine can connect to it. */
const LOOPBACK = "127.0.0.1";
/** The largest trace file that is taken. */
const MOST_BYTES = 256 * 2 ** 20;
const LONGEST_WAY = 100_000;
/** A question holds a way. */
const LONGEST_QUESTION_BYTES = 2 ** 20;

export interface ExplorerServer {
  readonly url: string;
  close(): void;
}

/** What a request is answered with. */
interface Reply {
  readonly status: number;
  readonly type: "text/html" | "application/json" | "text/plain";
  readonly body: string;
}

/** Listens on `port`, or on any free one for 0.  Rejects where it cannot. */
export async function serveExplorer(explorer: Explorer, page: string, port: number): Promise<ExplorerServer> {
  const server = createServer({ maxHeaderSize: LONGEST_QUESTION_BYTES }, (request, response) => {
    reply(request, { server, explorer, page })
      .catch((error: unknown): Reply => explain(error))
      .then((answer) => send(response, answer))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    url: `http://${LOOPBACK}:${portOf(server)}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function reply(
  request: IncomingMessage,
  { server, explorer, page }: { server: Server; explorer: Explorer; page: string },
): Promise<Reply> {
  if (!isFromHere(request, portOf(server))) return text(403, "only the explorer's own page may ask");
  const { pathname, searchParams } = new URL(request.url ?? "/", `http://${LOOPBACK}`);
  const watched = searchParams.get("watched") ?? "";
  const way = (): Way => readWay(searchParams.get("way") ?? "0");
  switch (`${request.method} ${pathname}`) {
    case "GET /":
      return { status: 200, type: "text/html", body: page };
    case "GET /story":
      return json(explorer.story(way(), watched));
    case "GET /moves":
      return json(explorer.moves(way(), watched));
    case "POST /trace":
      return json(explorer.retrace(decodeTrace(await bodyOf(request))));
    default:
      return text(404, "there is no such page");
  }
}

/**
 * Whether a request is made to this server by its own page. A foreign page that has its name point here (DNS rebinding)
 * sends its own name as the host; one that just asks sends its own origin.
 */
function isFromHere({ headers }: IncomingMessage, port: number): boolean {
  const hosts = [LOOPBACK, "localhost"].map((name) => `${name}:${port}`);
  const { host, origin, "sec-fetch-site": site } = headers;
  if (host === undefined || !hosts.includes(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return site === undefined || site === "same-origin" || site === "none";
}

/** @throws NoSuchWay unless `written` is numbers with dots between them. */
function readWay(written: string): number[] {
  if (!/^\d{1,9}(\.\d{1,9})*$/.test(written))
    throw new NoSuchWay("a way is written as numbers with dots between them");
  const way = written.split(".").map(Number);
  if (way.length > LONGEST_WAY) throw new NoSuchWay(`a way has ${LONGEST_WAY} steps at most`);
  return way;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new UnreadableTrace("the file is too large for a trace");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const text = (status: number, body: string): Reply => ({ status, type: "text/plain", body });
const json = (answer: object): Reply => ({
  status: 200,
  type: "application/json",
  body: JSON.stringify(answer),
});

function explain(error: unknown): Reply {
  if (error instanceof NoSuchWay) return text(404, error.message);
  if (error instanceof UnreadableTrace) return text(400, error.message);
  return text(500, error instanceof Error ? error.message : String(error));
}

function send(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, {
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
  });
  response.end(body);
}
