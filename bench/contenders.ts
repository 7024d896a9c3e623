/** Who takes part, and what each is asked to do. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const limit = `${root}bench/limit/`;

/** A model at one size, and its published number of states. */
export interface Case {
  readonly model: string;
  readonly bound: string;
  readonly size: number;
  readonly states: number;
}

/** What a contender found out. */
export interface Answer {
  readonly states: number;
  /** To eight digits at least. */
  readonly transitions: number;
  /** Of the search alone, as the contender tells it. */
  readonly seconds: number;
}

export interface Contender {
  readonly name: string;
  command(the: Case): readonly string[];
  read(output: string): Answer;
  /** Makes its program for a case; returns why it cannot take part, if so. */
  prepare(the: Case): string | undefined;
}

export const cases: readonly Case[] = [
  { model: "two-phase-commit", bound: "participants", size: 7, states: 296_448 },
  { model: "two-phase-commit", bound: "participants", size: 8, states: 1_745_408 },
  { model: "two-phase-commit", bound: "participants", size: 9, states: 10_340_352 },
  { model: "two-phase-commit", bound: "participants", size: 10, states: 61_515_776 },
  { model: "paxos", bound: "ballots", size: 3, states: 185_369 },
  { model: "paxos", bound: "ballots", size: 4, states: 8_220_065 },
];

/** What only Muchado searches, in minutes: how much a second worker is worth shows best where starting counts for nothing. */
export const largeCase: Case = {
  model: "two-phase-commit",
  bound: "participants",
  size: 11,
  states: 366_993_408,
};

export const quickCases = cases.filter(({ size }) => size === 7 || size === 3);

/** Muchado itself, as a user starts it. */
function ours(workers: number): Contender {
  return {
    name: ourName(workers),
    prepare: () => undefined,
    command: (the) => ourCommand(the, workers),
    read: (output) => (JSON.parse(output) as { runs: Answer[] }).runs[0]!,
  };
}

export function ourCommand({ model, bound, size }: Case, workers: number): readonly string[] {
  return [
    ...[process.execPath, `${root}bin/muchado.js`, "check", model, "--bound", `${bound}=${size}`],
    ...["--workers", String(workers), "--json", "--quiet"],
  ];
}

export function ourName(workers: number): string {
  return `Muchado, ${workers} worker${workers === 1 ? "" : "s"}`;
}

function inC(variant: string): Contender {
  const program = ({ model }: Case): string => `bin/${model}-${variant}`;
  return {
    name: `C, ${variant}`,
    prepare: (the) => missing("gcc", "--version") ?? tooLarge(the, 100_000_000) ?? build(program(the)),
    command: (the) => [limit + program(the), String(the.size)],
    read: (output) => JSON.parse(output) as Answer,
  };
}

function bySpin(name: string, variant: string): Contender {
  const verifier = ({ model, size }: Case): string => `bin/${model}-${variant}-${size}`;
  return {
    name,
    prepare: (the) =>
      missing("gcc", "--version") ??
      missing("spin", "-V") ??
      tooLarge(the, 20_000_000) ??
      build(verifier(the)),
    // Its table does not grow: it gets slots for twice the states. No run of these models is 100 steps long.
    command: (the) => [limit + verifier(the), "-m100", `-w${Math.ceil(Math.log2(the.states)) + 1}`],
    read(output) {
      const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1]);
      if (!/errors: 0\n/.test(output) || /search depth too small|out of memory/.test(output)) {
        throw new Error(`SPIN did not finish:\n${output}`);
      }
      return {
        states: number(/(\d+) states, stored/),
        // It counts the initial state too, and gives eight digits.
        transitions: number(/([\d.e+]+) transitions/) - 1,
        seconds: number(/elapsed time ([\d.]+) seconds/),
      };
    },
  };
}

export const contenders: readonly Contender[] = [
  ours(1),
  ours(2),
  inC("plain"),
  inC("prefetch"),
  inC("limit"),
  bySpin("SPIN, usual options", "spin-usual"),
  bySpin("SPIN, fastest options", "spin"),
];

/** What takes a contender minutes is left to the others. */
function tooLarge({ states }: Case, most: number): string | undefined {
  return states > most ? "it is too large" : undefined;
}

function missing(program: string, question: string): string | undefined {
  return spawnSync(program, [question]).error === undefined ? undefined : `${program} is not installed`;
}

function build(program: string): string | undefined {
  const { status, stderr, error } = spawnSync("make", ["-C", limit, program], { encoding: "utf8" });
  return error?.message ?? (status === 0 ? undefined : `${program} cannot be built: ${stderr}`);
}
