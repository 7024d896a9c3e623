import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { PageFile } from "../../cli/page-file.ts";
import { folder, muchado } from "../../cli/test-command.ts";
import { documentsOf, unreliable } from "../../trace/test-documents.ts";
import type { TraceDocument } from "../../trace/trace-document.ts";
import { ring } from "../test-ring.ts";
import {
  accessibilityProblems,
  describeInBrowser,
  expectSilence,
  openPage,
  PREPARATION_MILLISECONDS,
} from "./test-browser.ts";

const MUTANT = "multi-paxos/adopts-lowest";
const STEPS = 2000;

let place: string;
const urlOf = (name: string): string => pathToFileURL(join(place, name)).href;

async function write(name: string, traces: readonly TraceDocument[]): Promise<void> {
  const file = new PageFile(join(place, name));
  for (const trace of traces) file.add(trace);
  await file.write();
}

beforeAll(async () => {
  place = folder();
  const words = ["check", MUTANT, "--property", "refines-ado", "--html", "mutant.html", "--quiet"];
  const { exitCode } = await muchado(words, { cwd: place });
  expect(exitCode).toBe(1);
  await write("faults.html", [...documentsOf(unreliable).values()]);
  await write("long.html", [documentsOf(ring, { laps: STEPS }).get("endless")!]);
}, PREPARATION_MILLISECONDS);

describeInBrowser("the page of a trace", () => {
  test("begins at the end, and says what is wrong there", async () => {
    const opened = await openPage(urlOf("mutant.html"));
    const { page } = opened;
    expect(await page.locator("h1").textContent()).toBe(MUTANT);
    expect(await page.locator(".step h2").textContent()).toMatch(/^Step 11 of 11 becomeLeader/);
    expect(await page.locator(".step .why").textContent()).toBe("PullPre: parent (0,0) < committed (1,1)");
    expect(await page.locator(".step .rule").textContent()).toMatch(
      /^The rule: .*must continue at a position/,
    );
    expect(await page.locator(".row.current .tag.bad").textContent()).toBe("violated");
    expectSilence(opened);
  });

  test("is gone through with the keys alone, from the first state to the last", async () => {
    const opened = await openPage(urlOf("mutant.html"));
    const { page } = opened;
    const current = (): Promise<string | null> => page.locator("[aria-selected=true] .number").textContent();
    await page.keyboard.press("Home");
    expect(await current()).toBe("0");
    for (let step = 1; step <= 11; step++) {
      await page.keyboard.press(step % 2 === 0 ? "ArrowRight" : "ArrowDown");
      expect(await current()).toBe(String(step));
    }
    await page.keyboard.press("ArrowRight");
    expect(await current()).toBe("11");
    await page.keyboard.press("ArrowLeft");
    expect(await current()).toBe("10");
    await page.keyboard.press("End");
    expect(await current()).toBe("11");
    expectSilence(opened);
  });

  test("says the current step to a screen reader, and every way to it has a name", async () => {
    const { page } = await openPage(urlOf("mutant.html"));
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => page.locator("[aria-live=polite]").textContent())
      .toContain("Step 1 of 11: startElection");
    const slider = page.getByRole("slider", { name: "Step" });
    expect(await slider.getAttribute("aria-valuetext")).toBe("1 of 11: startElection(ballot: 1)");
    await page.getByRole("button", { name: "Last step" }).click();
    expect(await slider.inputValue()).toBe("11");
    await page.getByRole("option", { name: /^3 promise/ }).click();
    expect(await slider.inputValue()).toBe("3");
  });

  test("shows where the focus is, all the way through", async () => {
    const { page } = await openPage(urlOf("mutant.html"));
    const reached: string[] = [];
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement ?? document.body;
        const { outlineStyle } = getComputedStyle(element);
        const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
        return { name, isVisible: outlineStyle !== "none", isBody: element === document.body };
      });
      if (focused.isBody) break;
      expect(focused).toMatchObject({ isVisible: true });
      reached.push(focused.name);
    }
    expect(reached).toEqual(expect.arrayContaining(["Dark theme", "Steps", "Step", "Step back"]));
  });

  test("shows each message once for each receipt, and those that are lost and copied", async () => {
    for (const name of ["mutant.html", "faults.html"]) {
      const opened = await openPage(urlOf(name), { viewport: { width: 1400, height: 1600 } });
      const { page } = opened;
      const written = await page.locator("#muchado-data").textContent();
      const { traces } = JSON.parse(written!) as { traces: TraceDocument[] };
      for (const [i, { trace }] of traces.entries()) {
        if (traces.length > 1) await page.getByLabel("Trace", { exact: true }).selectOption({ index: i });
        const transfers = trace.steps.flatMap((step) => step.transfers);
        for (const [kind, shown] of [
          ["received", "received"],
          ["lost", "lost"],
          ["duplicated", "copied"],
        ]) {
          const messages = transfers
            .filter((transfer) => transfer.kind === kind)
            .map(({ message }) => message);
          const drawn = await page
            .locator(`.message.${shown}`)
            .evaluateAll((all) => all.map((one) => one.getAttribute("data-message")!));
          expect(drawn.sort()).toEqual(messages.sort());
        }
      }
      expectSilence(opened);
    }
  });

  test("shows the tree, the log and what the step changed", async () => {
    const { page } = await openPage(urlOf("mutant.html"));
    expect(await page.locator(".tree .cache").count()).toBe(3);
    expect(await page.locator(".cache.committed").count()).toBe(2);
    expect(await page.locator(".log .method").allTextContents()).toEqual(["m1.1"]);
    expect(await page.locator(".changes li").allTextContents()).toContain(
      "nodes[n2].role candidate → leader",
    );
    expect(await page.locator("td.changed").allTextContents()).toContain("candidate leader");
    expect(await page.locator(".head.owner").textContent()).toBe("n2round 2");
  });

  test(`scrolls through ${STEPS} steps without stalling, with only those in view made`, async () => {
    const opened = await openPage(urlOf("long.html"));
    const { page } = opened;
    await expect.poll(() => page.locator("[aria-selected=true]").getAttribute("id")).toBe(`step-${STEPS}`);
    const { longest, most, seen } = await page.evaluate(async (steps) => {
      const scroller = document.querySelector(".scroller")!;
      const seen = new Set<string>();
      let [longest, most] = [0, 0];
      for (let at = 0; at <= 100; at++) {
        const begun = performance.now();
        scroller.scrollTop = (at / 100) * scroller.scrollHeight;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        longest = Math.max(longest, performance.now() - begun);
        const rows = [...document.querySelectorAll(".row")];
        most = Math.max(most, rows.length);
        for (const row of rows) seen.add(row.id);
      }
      return { longest, most, seen: seen.has("step-0") && seen.has(`step-${steps}`) };
    }, STEPS);
    expect(seen).toBe(true);
    expect(most).toBeLessThan(60);
    expect(longest).toBeLessThan(500);
    const slowest = await page.evaluate(() => {
      let slowest = 0;
      for (const key of ["Home", "End", "Home", "PageDown", "ArrowRight", "End", "ArrowLeft"]) {
        const begun = performance.now();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        slowest = Math.max(slowest, performance.now() - begun);
      }
      return slowest;
    });
    expect(slowest).toBeLessThan(500);
    expect(await page.locator(".step h2").textContent()).toContain(`Step ${STEPS - 1} of ${STEPS}`);
    expectSilence(opened);
  });

  test.for([
    ["dark", 1400],
    ["light", 1400],
    ["dark", 400],
    ["light", 400],
  ] as const)("passes an accessibility check in %s at %d pixels", async ([colorScheme, width]) => {
    const opened = await openPage(urlOf("mutant.html"), { colorScheme, viewport: { width, height: 900 } });
    expect(await accessibilityProblems(opened.page)).toEqual([]);
    await opened.page.keyboard.press("Home");
    expect(await accessibilityProblems(opened.page)).toEqual([]);
    const { scrollWidth } = await opened.page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
    }));
    expect(scrollWidth).toBeLessThanOrEqual(width);
    expectSilence(opened);
  });

  test("is dark or light as the system is, until one says otherwise", async () => {
    const { page } = await openPage(urlOf("mutant.html"), { colorScheme: "dark" });
    const paper = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.querySelector(".top")!).backgroundColor);
    const dark = await paper();
    const button = page.getByRole("button", { name: "Dark theme" });
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    expect(await paper()).not.toBe(dark);
  });

  test("needs no network and no other file", () => {
    const text = readFileSync(join(place, "mutant.html"), "utf8");
    expect(text).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(text).not.toMatch(/@import|url\(/);
  });
});
