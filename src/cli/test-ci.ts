/** For tests: `muchado ci` in a folder with a configuration and model files. */

import { counting, folder, muchado } from "./test-command.ts";

export interface Answer {
  readonly verdict: string;
  readonly exitCode: number;
  readonly runs: { readonly target: string; readonly verdict: string; readonly limit: string | null }[];
  readonly gates: { readonly gate: string; readonly run: number | null; readonly message: string }[];
  readonly mutants: { readonly name: string; readonly verdict: string }[];
}

/** What `muchado ci` answers in a folder with a configuration and these files. */
export async function ci(
  config: object,
  files: { readonly [name: string]: string },
): Promise<{ exitCode: number | null; answer: Answer }> {
  const cwd = folder({ ...files, "muchado.config.json": JSON.stringify(config) });
  const { exitCode, stdout } = await muchado(["ci", "--json", "--workers", "1"], { cwd });
  return { exitCode, answer: JSON.parse(stdout) as Answer };
}

export const small = counting();
export const wrong = counting({ properties: "small: always((s) => s.hands.get(0) < 2)" });
export const idle = counting({ actions: "never: action({}, () => false)" });
export const broken = counting({ actions: "leap: action({}, (s) => { s.hands.set(0, -1); })" });
/** A run of a configuration. */
export const run = (target: string, rest: object = {}): object => ({ target, ...rest });
