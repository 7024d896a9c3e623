import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folder, muchado, type Outcome } from "../../cli/test-command.ts";
import {
  accessibilityProblems,
  describeInBrowser,
  expectSilence,
  openPage,
  PREPARATION_MILLISECONDS,
} from "./test-browser.ts";

const MUTANT = "multi-paxos/adopts-lowest";

/** An enabled step that can be taken. */
const READY = ".move-list:not([aria-busy]) .move";

let place: string;
let url: string;
let process: ChildProcess;
let outcome: Promise<Outcome>;

beforeAll(async () => {
  place = folder();
  await muchado(["check", MUTANT, "--property", "refines-ado", "--out", place, "--quiet"], { cwd: place });
  url = await new Promise<string>((resolve, reject) => {
    outcome = muchado(["explore", MUTANT], {
      cwd: place,
      meanwhile(child) {
        process = child;
        child.stdout!.on("data", (text) => resolve(String(text).trim()));
        child.on("close", () => reject(new Error("the explorer ended before it began")));
      },
    });
  });
}, PREPARATION_MILLISECONDS);

afterAll(async () => {
  process.kill("SIGINT");
  expect((await outcome).exitCode).toBe(130);
});

describeInBrowser("the explorer", () => {
  test("is walked through step by step, and back again", async () => {
    const opened = await openPage(url);
    const { page } = opened;
    const title = page.locator(".step h2");
    const moves = page.locator(READY);
    await expect.poll(() => moves.count()).toBe(2);
    await moves.filter({ hasText: "startElection(ballot: 1)" }).click();
    await expect.poll(() => title.textContent()).toBe("Step 1 of 1 startElection(ballot: 1)");
    await moves.filter({ hasText: "promise(message: prepare{ballot: 1}, at: n2)" }).click();
    await expect.poll(() => title.textContent()).toMatch(/^Step 2 of 2 promise/);
    expect(await page.locator(".message.received").count()).toBe(1);
    await page.keyboard.press("Home");
    await expect.poll(() => page.locator(".move.taken").textContent()).toContain("startElection(ballot: 1)");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => title.textContent()).toBe("Step 1 of 1 startElection(ballot: 1)");
    await page.goBack();
    await expect.poll(() => page.locator(".count").textContent()).toBe("0 / 2");
    await page.getByRole("button", { name: "Start over" }).click();
    await expect.poll(() => page.locator(".count").textContent()).toBe("0 / 0");
    expectSilence(opened);
  });

  test("takes a link to the place that it was made at", async () => {
    const { page } = await openPage(url);
    for (const action of ["startElection", "promise", "promise"]) {
      const before = await page.locator(".count").textContent();
      await page.locator(READY).filter({ hasText: action }).first().click();
      await expect.poll(() => page.locator(".count").textContent()).not.toBe(before);
    }
    await page.keyboard.press("ArrowLeft");
    const label = await page.locator(".step h2").textContent();
    await expect.poll(() => page.url()).toContain("&at=2&");
    const shared = await openPage(page.url());
    await expect.poll(() => shared.page.locator(".step h2").textContent()).toBe(label);
    expect(await shared.page.locator(".count").textContent()).toBe("2 / 3");
    expectSilence(shared);
  });

  test("goes where a trace goes, and says of each state what the watched property says", async () => {
    const opened = await openPage(url);
    const { page } = opened;
    const trace = readdirSync(place).find((name) => name.endsWith("refines-ado.trace"))!;
    await page.locator("#file").setInputFiles(join(place, trace));
    await expect.poll(() => page.locator(".step h2").textContent()).toMatch(/^Step 11 of 11 becomeLeader/);
    expect(await page.locator(".step .why").textContent()).toContain("PullPre");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => page.locator(".move.bad .tag.bad").first().textContent()).toBe("violates");
    expect(await page.locator(".step .tag.good").last().textContent()).toBe("refines-ado holds");
    await page.getByLabel("watch").selectOption("");
    await expect.poll(() => page.locator(".move.bad").count()).toBe(0);
    await page
      .locator("#file")
      .setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("notes") });
    await expect.poll(() => page.getByRole("alert").textContent()).toMatch(/^notes\.txt: /);
    // The browser itself reports an answer that is no success.
    expect(opened.complaints.filter((complaint) => !complaint.includes("400"))).toEqual([]);
  });

  test("is of no use to another origin", async () => {
    const { page } = await openPage("data:text/html,<title>elsewhere</title>");
    const refused = await page.evaluate(
      (address) =>
        fetch(`${address}moves?way=0`).then(
          (answer) => answer.status,
          (error: Error) => error.message,
        ),
      url,
    );
    expect(refused).toBe("Failed to fetch");
  });

  test.for([
    ["dark", 1400],
    ["light", 400],
  ] as const)("passes an accessibility check in %s at %d pixels", async ([colorScheme, width]) => {
    const { page } = await openPage(url, { colorScheme, viewport: { width, height: 900 } });
    await page.locator(READY).first().click();
    await expect.poll(() => page.locator(".count").textContent()).toBe("1 / 1");
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
