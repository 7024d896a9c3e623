import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { folder, muchado } from "./test-command.ts";

/** The first block of the README in a language. */
function block(language: string): string {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  return new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(readme)![1]!;
}

/** The commands of the README that name a model or trace, in order. */
function commands(): string[][] {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  return [...readme.matchAll(/^npx muchado (.*)$/gm)].map(([, words]) => words!.split(" "));
}

/** Without what depends on the machine. */
const steady = (text: string): string => text.replaceAll(/\d+\.\d+ s with .*/g, "");

test("the README's model does what the README says", async () => {
  const cwd = folder({ "lease.ts": block("ts") });
  const [violated, holds] = await Promise.all([
    muchado(["check", "lease.ts"], { cwd }),
    muchado(["check", "lease.ts", "--faults", "expire=0"], { cwd }),
  ]);
  expect(steady(violated.stdout)).toBe(steady(block("text")));
  expect(holds.stdout).toMatch(/^holds /);
});

test("the README's commands leave a trace, show it and run it again", async () => {
  const cwd = folder({ "lease.ts": block("ts") });
  const codes: (number | null)[] = [];
  for (const words of commands()) codes.push((await muchado(words, { cwd })).exitCode);
  expect(codes).toEqual([1, 0, 0, 0, 1]);
});
