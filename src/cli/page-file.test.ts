import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { documentsOf, pinging } from "../trace/test-documents.ts";
import { encodeTrace } from "../trace/trace-bytes.ts";
import { counting, folder, muchado } from "./test-command.ts";
import { writeWhole } from "./whole-file.ts";

describe("--html", () => {
  test("writes one page for a trace file", async () => {
    const cwd = folder();
    writeWhole(join(cwd, "it.trace"), encodeTrace(documentsOf(pinging).get("endless")!, "msgpack"));
    const { exitCode, stdout, stderr } = await muchado(["show", "it.trace", "--html", "it.html"], { cwd });
    expect([exitCode, stdout, stderr]).toEqual([0, "", ""]);
    const page = readFileSync(join(cwd, "it.html"), "utf8");
    expect(page).toMatch(/^<!doctype html>.*<title>pinging: endless<\/title>.*<\/html>\n$/s);
    expect(page).toContain("it is over");
  });

  test("says what there is to say where a check has no trace to show, and leaves no older page", async () => {
    const cwd = folder({ "model.ts": counting(), "it.html": "an older page" });
    const words = ["check", "model.ts", "--html", "it.html", "--quiet"];
    const { exitCode } = await muchado(words, { cwd });
    expect(exitCode).toBe(0);
    const page = readFileSync(join(cwd, "it.html"), "utf8");
    expect(page).toMatch(
      /<title>no trace to show<\/title>.*"answer":"holds model\.ts \(top=3\): 16 states, /s,
    );
  });

  test.each([
    ["in a folder that is not there", "nowhere/it.html", "there is no folder nowhere"],
    ["that is a folder", ".", "it is there, and not a file"],
  ])("refuses a file %s before anything is searched", async (_, path, says) => {
    const cwd = folder({ "model.ts": counting() });
    const { exitCode, stdout, stderr } = await muchado(["check", "model.ts", "--html", path], { cwd });
    expect([exitCode, stdout]).toEqual([64, ""]);
    expect(stderr).toBe(`muchado: --html ${path}: ${says}\n`);
  });
});
