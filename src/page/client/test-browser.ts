/** For tests: pages as a real browser shows them. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, describe, expect } from "vitest";

const executable = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((path) => existsSync(path));

/** Like `describe`, and skipped where there is no browser, with a name that says so. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executable !== undefined) describe(name, tests);
  else
    describe.skip(`${name} (skipped: no Chromium is found; install it, or set CHROMIUM to its path)`, tests);
}

/** What the preparations of a test file may take: they check a model. */
export const PREPARATION_MILLISECONDS = 120_000;

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** A page, with what it complained about. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and requests to anywhere but `url`. */
  readonly complaints: string[];
}

/** Opens `url`; the page is expected to complain of nothing until the test ends. */
export async function openPage(url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  // A container has neither a sandbox to give nor much shared memory.
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  browser ??= chromium.launch({ executablePath: executable!, args });
  const context = await (await browser).newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const folder = url.slice(0, url.lastIndexOf("/") + 1);
    const isOwn = request.url().startsWith(folder) || request.url().startsWith("data:");
    if (!isOwn) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What an accessibility checker finds wrong with a page as it is now: rules, each with the elements that break it. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const { readFileSync } = await import("node:fs");
  // The page's policy allows no scripts but its own; evaluation by the debugger is not bound by it.
  await page.evaluate(readFileSync(axeSource, "utf8"));
  const violations = await page.evaluate(`axe.run().then(({ violations }) => violations)`);
  return (violations as { id: string; nodes: { html: string; failureSummary: string }[] }[]).map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`,
  );
}

/** Expects that the page was silent. */
export function expectSilence({ complaints }: OpenPage): void {
  expect(complaints).toEqual([]);
}
