import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { documentsOf, pinging } from "../trace/test-documents.ts";
import { encodeTrace } from "../trace/trace-bytes.ts";
import { counting, folder, muchado } from "./test-command.ts";
import { writeWhole } from "./whole-file.ts";

/** Runs the explorer until it has told its address, which is asked for the page, and then interrupts it. */
async function visit(
  words: readonly string[],
  cwd: string,
): Promise<{ exitCode: number | null; url: string; page: string }> {
  let page = Promise.resolve("");
  const { exitCode, stdout } = await muchado(["explore", ...words], {
    cwd,
    meanwhile(child) {
      child.stdout!.once("data", (text) => {
        page = fetch(String(text).trim()).then((answer) => answer.text());
        page.finally(() => child.kill("SIGINT"));
      });
    },
  });
  return { exitCode, url: stdout.trim(), page: await page };
}

describe("muchado explore", () => {
  test("tells the address of its page, and ends when it is interrupted", async () => {
    const cwd = folder({ "model.ts": counting() });
    const { exitCode, url, page } = await visit(["model.ts", "--bound", "top=2"], cwd);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(page).toContain("two hands that count");
    expect(page).toContain('"bounds":{"top":2}');
    expect(exitCode).toBe(130);
  });

  test("says in a line what is wrong with what was typed", async () => {
    const cwd = folder({ "model.ts": counting() });
    const trace = encodeTrace(documentsOf(pinging).get("endless")!, "msgpack");
    writeWhole(join(cwd, "other.trace"), trace);
    const lines: [string[], RegExp][] = [
      [[], /say which model to explore/],
      [["model.ts", "--port", "70000"], /--port: "70000" is not a whole number from 0 to 65535/],
      [["--trace", "other.trace"], /unknown target "pinging"/],
    ];
    const outcomes = await Promise.all(lines.map(([words]) => muchado(["explore", ...words], { cwd })));
    for (const [i, { exitCode, stdout, stderr }] of outcomes.entries()) {
      expect([exitCode, stdout]).toEqual([64, ""]);
      expect(stderr).toMatch(lines[i]![1]);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
  });
});
