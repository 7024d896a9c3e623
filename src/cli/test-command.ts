/** For tests: the command line as a person uses it, in a folder with model files of their own. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect } from "vitest";

export const launcher = fileURLToPath(new URL("../../../bin/muchado.js", import.meta.url));

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly environment?: { readonly [name: string]: string };
  /** Another launcher than the package's own. */
  readonly launcher?: string;
  /** A file descriptor in place of the pipe. */
  readonly stdout?: number;
  /** Called with the process once it runs. */
  readonly meanwhile?: (process: ChildProcess) => void;
}

/** Runs `muchado` with `words`, without a terminal. */
export function muchado(
  words: readonly string[],
  { cwd, environment = {}, launcher: path = launcher, stdout: to, meanwhile }: Surroundings,
): Promise<Outcome> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [path, ...words], {
    cwd,
    env: { ...inherited, ...environment },
    stdio: ["pipe", to ?? "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  meanwhile?.(child);
  return new Promise((resolve) => {
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Wrong usage ends with 64 and one line, `muchado: …`, which is or matches `message`. */
export async function expectRefused(
  words: readonly string[],
  message: string | RegExp,
  surroundings: Surroundings,
): Promise<void> {
  const { exitCode, stdout, stderr } = await muchado(words, surroundings);
  const said = /^muchado: (.*)\n$/.exec(stderr)?.[1] ?? stderr;
  if (typeof message === "string") expect(said).toBe(message);
  else expect(said).toMatch(message);
  expect([stdout, exitCode]).toEqual(["", 64]);
}

const root = mkdtempSync(join(tmpdir(), "muchado-test-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A fresh folder that holds `files`; it is removed after the tests. */
export function folder(files: { readonly [name: string]: string } = {}): string {
  const path = mkdtempSync(join(root, "folder-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

/** A model file: two hands that count up to `top`, with further actions and properties. */
export function counting({ actions = "", properties = "", top = 3, first = "" } = {}): string {
  return `${first}
import { model, node, array, range, system } from "muchado";

export default model({
  name: "counting",
  about: "two hands that count",
  theorem: "no hand goes too far",
  bounds: { top: { default: ${top}, min: 1, max: 100000, about: "how far" } },
  system({ top }: { top: number }) {
    const hand = node(2, "h");
    return system({ hands: array(hand, range(0, top)) }, ({ action, always, atEnd, refines, sometimes, step }) => ({
      actions: {
        count: action({ hand }, (s, { hand }) => {
          if (s.hands.get(hand) === top) return false;
          s.hands.set(hand, s.hands.get(hand) + 1);
        }),
        ${actions}
      },
      properties: { ${properties || "fine: always((s) => s.hands.get(0) <= top)"} },
    }));
  },
});
`;
}

/** Properties of such a model that say on stderr once a search is under way. */
export const telling =
  'fine: always((s) => { if (s.hands.get(0) === 3) console.error("searching"); return true; })';
