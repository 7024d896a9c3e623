import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { folder, muchado } from "./test-command.ts";

/** The first block of the README in a language. */
function block(language: string): string {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  return new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(readme)![1]!;
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
