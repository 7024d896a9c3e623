import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Document } from "../verdict/document.ts";
import type { Run } from "../verdict/run.ts";
import { counting, folder, muchado } from "./test-command.ts";

const check = ["check", "model.ts", "--bound", "top=40"];

/** The answer of a run, without what differs from run to run. */
function answerOf(stdout: string): Partial<Run> {
  const { seconds, bytes, workers, repeat, ...answer } = (JSON.parse(stdout) as Document).runs[0]!;
  return answer;
}

/** A folder with a model and a checkpoint of a run of it that was cut. */
async function cutRun(): Promise<string> {
  const cwd = folder({ "model.ts": counting() });
  await muchado([...check, "--max-states", "500", "--checkpoint", "here"], { cwd });
  return cwd;
}

describe.concurrent("muchado check --checkpoint", () => {
  test("leaves a file to go on from, and the answer is that of one run", async () => {
    const cwd = folder({ "model.ts": counting() });
    const words = [...check, "--max-states", "500", "--checkpoint", "here"];
    const cut = await muchado(words, { cwd });
    expect(cut.stderr).toMatch(
      /^muchado: left a checkpoint of \d+ states; --resume here goes on from there\n$/,
    );
    expect(cut.exitCode).toBe(2);
    expect(readdirSync(cwd).sort()).toEqual(["here", "model.ts"]);
    const [whole, rest] = await Promise.all([
      muchado([...check, "--json"], { cwd }),
      muchado([...check, "--json", "--resume", "here", "--checkpoint", "here", "--workers", "1"], { cwd }),
    ]);
    expect(answerOf(rest.stdout)).toEqual(answerOf(whole.stdout));
    expect(rest.exitCode).toBe(0);
    expect(readdirSync(cwd)).toEqual(["model.ts"]);
  });

  test("says that it cannot be written before it searches", async () => {
    const cwd = folder({ "model.ts": counting(), file: "" });
    const { exitCode, stderr } = await muchado([...check, "--checkpoint", "file/below"], { cwd });
    const other = await muchado([...check, "--checkpoint", "model.ts"], { cwd });
    expect(other.stderr).toBe(
      "muchado: --checkpoint model.ts: it cannot be written (it is there already and is not a checkpoint)\n",
    );
    expect(other.exitCode).toBe(64);
    expect(stderr).toMatch(/^muchado: --checkpoint file\/below: it cannot be written \(ENOTDIR[^\n]+\)\n$/);
    expect(exitCode).toBe(64);
  });
});

describe.concurrent("muchado check --resume", () => {
  test("is not for a search that may have to begin again", async () => {
    const words = ["check", "paxos", "--reduce", "order", "--checkpoint", "here"];
    const { exitCode, stderr } = await muchado(words, { cwd: folder({}) });
    expect(stderr).toBe(
      "muchado: --reduce order: such a run may have to begin again, so it has no checkpoints\n",
    );
    expect(exitCode).toBe(64);
  });

  test("refuses a model that has changed, but not one that has moved or been commented", async () => {
    const cwd = await cutRun();
    const elsewhere = folder({ "model.ts": `// moved\n${counting()}` });
    const here = join(cwd, "here");
    const same = await muchado([...check, "--resume", here], { cwd: elsewhere });
    expect([same.stderr, same.exitCode]).toEqual(["", 0]);
    writeFileSync(join(cwd, "model.ts"), counting().replace("+ 1", "+ 2"));
    const { exitCode, stderr } = await muchado([...check, "--resume", "here"], { cwd });
    expect(stderr).toBe(
      "muchado: here: this run cannot go on from there: the model's code has changed since, or it is another model of that name\n",
    );
    expect(exitCode).toBe(64);
  });
});
