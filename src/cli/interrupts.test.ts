import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("an interrupt that comes while the thread is busy preparing is not lost", () => {
  const module = new URL("./interrupts.js", import.meta.url).href;
  const busy = `
    const { preparing } = await import(${JSON.stringify(module)});
    await preparing(async () => {
      process.kill(process.pid, "SIGINT");
      for (const end = performance.now() + 50; performance.now() < end; );
    });
    console.log("went on");`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", busy], {
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([130, ""]);
  expect(stderr).toContain("interrupted before there was an answer");
});
