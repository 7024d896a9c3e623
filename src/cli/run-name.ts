/** Names of files that belong to a run. */

import { assignmentsText } from "../model/assignments.ts";
import type { Run } from "../verdict/run.ts";

/** The most bytes of a name that a file system takes, less what is put behind. */
const LONGEST_STEM_BYTES = 160;

/** Names of files in one folder: the second one of a name gets a number. */
export class FreshNames {
  /** In lower case: some file systems do not tell names apart otherwise. */
  readonly #taken: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken.map((name) => name.toLowerCase()));
  }

  next(stem: string, ending: string): string {
    let name = stem + ending;
    for (let copy = 2; this.#taken.has(name.toLowerCase()); copy++) name = `${stem}-${copy}${ending}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

/** `models-counter.ts-top=3` */
export function stemOf({ target, bounds, faults }: Pick<Run, "target" | "bounds" | "faults">): string {
  const values = assignmentsText({ ...bounds, ...faults }, "-");
  return safeName(values === "" ? target : `${target}-${values}`, LONGEST_STEM_BYTES);
}

/** Letters, digits and what is harmless in names of files, cut to a number of bytes. */
export function safeName(text: string, longestBytes: number): string {
  let name = text.replaceAll(/[^\p{L}\d_.=-]+/gu, "-").replace(/^[.-]+/, "");
  while (Buffer.byteLength(name) > longestBytes) name = [...name].slice(0, -1).join("");
  return name;
}
