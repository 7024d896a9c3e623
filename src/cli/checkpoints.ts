/** The checkpoints of a command: where each run leaves one, and which it goes on from. */

import { createHash } from "node:crypto";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Exploration, ParallelOptions } from "../explore/explore.ts";
import { NoRoom, partsToFill, restore, type Snapshot } from "../explore/snapshot.ts";
import { namesOf } from "../explore/symmetry.ts";
import { type Assignments, assignmentsText } from "../model/assignments.ts";
import type { Instance } from "../model/instance.ts";
import { printable } from "../report/printable.ts";
import {
  CheckpointReader,
  type Identity,
  looksLikeCheckpoint,
  writeCheckpoint,
} from "./checkpoint-format.ts";
import { makeFolder } from "./make-folder.ts";
import { modelDigest } from "./model-digest.ts";
import type { PlannedRun } from "./plan.ts";
import { FreshNames, stemOf } from "./run-name.ts";
import { remark } from "./streams.ts";
import { readTool } from "./tool.ts";
import { UsageError } from "./usage-error.ts";

export interface CheckpointOptions {
  /** Where to write: a file, or a folder with one for each run. */
  readonly checkpoint: string | undefined;
  readonly checkpointSeconds: number;
  /** What to go on from: a file, or a folder. */
  readonly resume: string | undefined;
}

/** The checkpoints of one run. */
export class RunCheckpoints {
  readonly #identity: Identity;
  readonly #to: string | undefined;
  readonly #everySeconds: number;
  readonly #from: { readonly path: string; readonly reader: CheckpointReader } | undefined;
  #hasWritten = false;

  /** @throws UsageError if the checkpoint to go on from is not one of this run. */
  constructor(
    identity: Identity,
    { to, from, everySeconds }: { to: string | undefined; from: string | undefined; everySeconds: number },
  ) {
    this.#identity = identity;
    this.#to = to;
    this.#everySeconds = everySeconds;
    if (from === undefined) return;
    const reader = new CheckpointReader(from);
    const differences = compare(reader.identity, identity);
    if (differences.length > 0) {
      throw new UsageError(`${from}: this run cannot go on from there: ${differences.join("; ")}`);
    }
    this.#from = { path: from, reader };
  }

  /** How the search is to be told. */
  get options(): Pick<ParallelOptions, "snapshots" | "resume"> {
    const to = this.#to;
    const from = this.#from;
    return {
      ...(to !== undefined && {
        snapshots: {
          everySeconds: this.#everySeconds,
          keep: (snapshot: Snapshot) => this.#keep(to, snapshot),
        },
      }),
      ...(from !== undefined && { resume: resumeFrom(from.path, from.reader) }),
    };
  }

  /**
   * Leaves what a run that was cut needs to go on, and removes what one that is finished does not.
   * @returns what went wrong, if something did.
   */
  async conclude({ snapshot, ending }: Exploration): Promise<string | undefined> {
    const to = this.#to;
    if (to === undefined) return undefined;
    if (snapshot === undefined) {
      if (ending !== "fault" && (this.#hasWritten || this.#hasBegunAt(to))) removeOld(to);
      return undefined;
    }
    try {
      await writeCheckpoint(to, this.#identity, snapshot);
    } catch (error) {
      return unwritten(to, error);
    }
    remark(
      printable(`left a checkpoint of ${snapshot.header.states} states; --resume ${to} goes on from there`),
    );
    return undefined;
  }

  #hasBegunAt(path: string): boolean {
    return this.#from !== undefined && resolve(this.#from.path) === resolve(path);
  }

  /** A run is worth more than its checkpoint: it goes on without one. */
  async #keep(to: string, snapshot: Snapshot): Promise<void> {
    try {
      await writeCheckpoint(to, this.#identity, snapshot);
      this.#hasWritten = true;
    } catch (error) {
      remark(printable(unwritten(to, error)));
    }
  }
}

/** Removes a checkpoint that nobody needs; if it stays, no answer is the worse for it. */
function removeOld(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    remark(printable(`${path} is of no use any more, and could not be removed: ${(error as Error).message}`));
  }
}

function unwritten(path: string, error: unknown): string {
  return `no checkpoint could be written to ${path}: ${(error as Error).message}`;
}

/** @returns the checkpoints of each run, in the order of the plans.  @throws UsageError */
export async function planCheckpoints(
  plans: readonly PlannedRun[],
  { checkpoint, checkpointSeconds, resume }: CheckpointOptions,
): Promise<(RunCheckpoints | undefined)[]> {
  if (checkpoint === undefined && resume === undefined) return plans.map(() => undefined);
  if (plans.some(({ order }) => order !== undefined))
    throw new UsageError("--reduce order: such a run may have to begin again, so it has no checkpoints");
  const { version } = readTool();
  const names = new FreshNames();
  const found: RunCheckpoints[] = [];
  for (const { target, instance, origin, properties, groups } of plans) {
    const { model, bounds, budgets: faults } = instance;
    const name = names.next(stemOf({ target, bounds, faults }), ".checkpoint");
    const to = checkpoint === undefined ? undefined : placeToWrite(checkpoint, name, plans.length);
    const from = resume === undefined ? undefined : placeToRead(resume, name, plans.length);
    const code = await modelDigest(origin);
    const layout = layoutDigest(instance);
    const interchangeable = groups.map((group) => namesOf(instance, group));
    const what = { model: model.name, code, layout, bounds, faults, properties, interchangeable };
    const identity = { version, ...what };
    // Of the runs of a folder, some were not begun, or finished.
    const isThere = from !== undefined && (from === resume || existsSync(from));
    if (from !== undefined && !isThere) remark(printable(`${from} is not there: ${target} begins anew`));
    found.push(
      new RunCheckpoints(identity, { to, from: isThere ? from : undefined, everySeconds: checkpointSeconds }),
    );
  }
  return found;
}

/** The file of a run; a disk that is full or a folder that is not to be written to is better found before the search. */
function placeToWrite(path: string, name: string, runs: number): string {
  if (path === "") throw new UsageError("--checkpoint needs the name of a file or a folder");
  const isFolder = runs > 1 || /[/\\]$/.test(path) || isDirectory(path);
  const file = isFolder ? join(path, name) : path;
  const probe = `${file}.partial`;
  try {
    if (existsSync(file) && !looksLikeCheckpoint(file))
      throw new Error("it is there already and is not a checkpoint");
    if (isFolder) makeFolder(path);
    try {
      writeFileSync(probe, Buffer.alloc(PROBE_BYTES));
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    throw new UsageError(`--checkpoint ${path}: it cannot be written (${(error as Error).message})`);
  }
  return file;
}

/** The file of a run; in a folder there may be none. */
function placeToRead(path: string, name: string, runs: number): string {
  if (isDirectory(path)) return join(path, name);
  if (!existsSync(path)) throw new UsageError(`--resume ${path}: there is no such file or folder`);
  if (!statSync(path).isFile()) throw new UsageError(`--resume ${path}: it is not a file`);
  if (runs > 1) throw new UsageError(`--resume ${path}: it is one file, for ${runs} runs`);
  return path;
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Where each part of a state is in its words. */
function layoutDigest({ address, words, isTiny }: Instance): string {
  return createHash("sha256")
    .update(JSON.stringify([address, words, isTiny]))
    .digest("hex");
}

const PROBE_BYTES = 2 ** 14;

function resumeFrom(path: string, reader: CheckpointReader): NonNullable<ParallelOptions["resume"]> {
  return (instance, memory, maxBytes) => {
    try {
      reader.fill(partsToFill(reader.snapshot, instance, memory, maxBytes));
      return restore(reader.snapshot, instance, memory, maxBytes);
    } catch (error) {
      if (error instanceof NoRoom) throw new UsageError(`${path}: ${error.message}, more than --max-memory`);
      throw error;
    }
  };
}

/** What differs between two searches, in words. */
function compare(then: Identity, now: Identity): string[] {
  const differ = <T>(what: string, was: T, is: T, show: (value: T) => string): string[] =>
    JSON.stringify(was) === JSON.stringify(is) ? [] : [`${what} ${show(was)} there and ${show(is)} here`];
  const list = (values: Assignments): string => assignmentsText(values) || "none";
  const isOther = then.model !== now.model;
  return [
    ...differ("Muchado is version", then.version, now.version, String),
    ...differ("the model is", then.model, now.model, String),
    ...(isOther || then.code === now.code
      ? []
      : ["the model's code has changed since, or it is another model of that name"]),
    ...(isOther || then.code !== now.code || then.layout === now.layout
      ? []
      : ["states are laid out in another way"]),
    ...differ("bounds are", then.bounds, now.bounds, list),
    ...differ("faults are", then.faults, now.faults, list),
    ...differ(
      "interchangeable are",
      then.interchangeable,
      now.interchangeable,
      (groups) => groups.map((names) => names.join(", ")).join("; ") || "none",
    ),
    ...differ("properties are", then.properties, now.properties, (names) => names.join(", ") || "none"),
  ];
}
