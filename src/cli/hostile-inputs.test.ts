import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { answer, type LoadCatalog } from "./main.ts";
import { folder } from "./test-command.ts";
import type { HostileInput } from "./test-hostile-input.ts";
import { hostileInputs } from "./test-hostile-inputs.ts";

const start = process.cwd();
// Every command listens for signals.
process.setMaxListeners(0);
process.stdout.setMaxListeners(0);
process.stderr.setMaxListeners(0);
afterAll(() => process.chdir(start));

const catalogUrl = new URL("../../models/catalog.js", import.meta.url).href;

let catalog: ReturnType<LoadCatalog> | undefined;

/** Reads the catalog once. */
async function loadCatalog(): ReturnType<LoadCatalog> {
  const { loadCatalog: load } = (await import(catalogUrl)) as { loadCatalog: LoadCatalog };
  catalog ??= load();
  return catalog;
}

/** What the command line says to `words`, in this very process. */
async function tell(words: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const said = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  try {
    return { exitCode: await answer(words, loadCatalog), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function lay({ files = {}, folders = [], links = {} }: HostileInput): string {
  const cwd = folder();
  for (const path of folders) mkdirSync(join(cwd, path), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  for (const [path, to] of Object.entries(links)) symlinkSync(to, join(cwd, path));
  return cwd;
}

/** Everything below a folder, with what is in it. */
function contents(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8", withFileTypes: true })
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const isFile = entry.isFile() && statSync(file).isFile();
      return `${file} ${isFile ? createHash("sha256").update(readFileSync(file)).digest("hex") : ""}`;
    })
    .sort();
}

describe("hostile input is refused in one line, and nothing is touched:", () => {
  test("a hundred of them", () => {
    expect(hostileInputs.length).toBeGreaterThanOrEqual(100);
  });

  test.for(hostileInputs.map((input) => [input.name, input] as const))("%s", async ([, input]) => {
    const cwd = lay(input);
    process.chdir(cwd);
    const before = contents(cwd);
    const { exitCode, stdout, stderr } = await tell(input.words);
    const lines = stderr.split("\n").slice(0, -1);
    for (const line of lines) expect(line).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}]{1,1600}$/u);
    expect(lines[0]).toMatch(/^muchado: /);
    if (input.isQuoted !== true) expect(lines).toHaveLength(1);
    expect(stderr).toMatch(input.says);
    expect(stderr).not.toContain("a defect of the tool");
    expect(stdout).toBe("");
    expect(exitCode).toBe(64);
    expect(contents(cwd)).toEqual(before);
  });
});
