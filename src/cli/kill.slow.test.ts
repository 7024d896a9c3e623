import { type ChildProcess, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Document } from "../verdict/document.ts";
import type { Run } from "../verdict/run.ts";
import { counting, folder, muchado, type Outcome } from "./test-command.ts";

/** The answer of a run, without what may differ from run to run. */
function answerOf({ stdout }: Outcome): Partial<Run> {
  const { seconds, bytes, workers, repeat, ...answer } = (JSON.parse(stdout) as Document).runs[0]!;
  return answer;
}

/** Random milliseconds, the same in every test run. */
function* delays(seed: number, most: number): Generator<number> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    yield (most * x) / 2 ** 32;
  }
}

const LOOK_MILLISECONDS = 10;

/** Kills a process some time after it has written `path`, which may be there before. */
function killAfterWriting(child: ChildProcess, path: string, milliseconds: number): void {
  const written = (): number => (existsSync(path) ? statSync(path).mtimeMs : 0);
  const before = written();
  const look = setInterval(() => {
    if (written() === before) return;
    clearInterval(look);
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("exit", () => clearTimeout(timer));
  }, LOOK_MILLISECONDS);
  child.on("exit", () => clearInterval(look));
}

describe("a run that is killed again and again", () => {
  test.each([
    ["multi-paxos --bound ballots=3", 20],
    ["KV_correct", 6],
    ["model.ts --bound top=700", 6],
  ])("answers as one that never was: %s", async (target, kills) => {
    const properties = "near: always((s) => s.hands.get(0) < 690 || s.hands.get(1) < 690)";
    const cwd = folder({ "model.ts": counting({ properties }) });
    const words = ["check", ...target.split(" "), "--json", "--quiet"];
    const whole = answerOf(await muchado(words, { cwd }));
    const here = join(cwd, "here");
    let killed = 0;
    let resumed = 0;
    for (const delay of delays(7, 1000)) {
      const hasSaved = existsSync(here);
      if (hasSaved) resumed++;
      const isLast = killed === kills;
      const keep = [
        "--checkpoint",
        "here",
        "--checkpoint-every",
        "0.2",
        ...(hasSaved ? ["--resume", "here"] : []),
      ];
      const outcome = await muchado([...words, ...keep, "--workers", String(1 + (killed % 2))], {
        cwd,
        meanwhile(child) {
          if (!isLast) killAfterWriting(child, here, delay);
        },
      });
      expect(outcome.stderr).toBe("");
      if (outcome.exitCode === null) {
        killed++;
        continue;
      }
      // It may have been quicker than the kill; then the next one begins anew.
      expect(answerOf(outcome)).toEqual(whole);
      expect(readdirSync(cwd)).toEqual(["model.ts"]);
      if (isLast) break;
    }
    expect(resumed).toBeGreaterThan(kills / 2);
  });
});

/** A file system of its own, of 64 KiB; `undefined` where it cannot be had. */
function tinyDisk(parent: string): string | undefined {
  const path = join(parent, "disk");
  mkdirSync(path);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path], { stdio: "ignore" });
    return path;
  } catch {
    rmSync(path, { recursive: true });
    return undefined;
  }
}

describe("a full disk", () => {
  const check = ["check", "model.ts", "--bound", "top=600", "--checkpoint"];

  test("ends a run that cannot leave its checkpoint with 70", async ({ skip }) => {
    const cwd = folder({ "model.ts": counting() });
    const disk = tinyDisk(cwd);
    if (disk === undefined) return skip("no file system can be mounted");
    try {
      const cut = await muchado([...check, "disk/here", "--max-states", "100000"], { cwd });
      expect(cut.stdout).toMatch(/^failed /);
      expect(cut.stdout).toMatch(/no checkpoint could be written to disk\/here: ENOSPC/);
      expect(cut.exitCode).toBe(70);
      expect(readdirSync(disk)).toEqual([]);
      const whole = await muchado([...check, "disk/here", "--checkpoint-every", "0.1"], { cwd });
      expect(whole.stderr).toMatch(/^muchado: no checkpoint could be written to disk\/here: ENOSPC/);
      expect(whole.stdout).toMatch(/^holds .* 361,201 states/);
      expect(whole.exitCode).toBe(0);
      expect(readdirSync(disk)).toEqual([]);
      execFileSync("dd", ["if=/dev/zero", "of=disk/full", "bs=64k", "count=1"], { cwd, stdio: "ignore" });
      const refused = await muchado([...check, "disk/here"], { cwd });
      expect(refused.stderr).toMatch(/^muchado: --checkpoint disk\/here: it cannot be written \(ENOSPC/);
      expect(refused.exitCode).toBe(64);
    } finally {
      execFileSync("umount", [disk]);
    }
  });

  test("is the same with a device that is always full", async () => {
    const cwd = folder({ "model.ts": counting() });
    const { exitCode, stderr } = await muchado([...check, "/dev/full/here"], { cwd });
    expect(stderr).toMatch(/^muchado: --checkpoint \/dev\/full\/here: it cannot be written/);
    expect(exitCode).toBe(64);
  });
});
