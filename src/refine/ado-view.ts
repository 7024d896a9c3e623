/** A concrete state seen as an ADO: what a protocol's view makes of it. */

import { type AdoR, type Method, type Position, type Round, showPosition } from "../ado/ado-r.ts";
import { show } from "../schema/type.ts";

/** The rounds of a cluster, and what its clients were told. */
export interface AdoView {
  readonly rounds: AdoR;
  /** The pushes that clients were told have succeeded, with what they were told, if the protocol tells anything. */
  readonly answers: readonly Answered[];
}

/** A client was told that the methods up to `at` are committed, and perhaps what the last of them answered. */
export interface Answered {
  readonly at: Position;
  readonly result?: Method;
}

/** @throws TypeError that names what in `view` is not as an {@link AdoView} has it: models are not always type-checked. */
export function requireAdoView(view: AdoView): void {
  requireList(view.rounds, "rounds");
  for (const [i, { round, owner, parent, methods, committed }] of view.rounds.entries()) {
    const path = `rounds[${i}]`;
    requireWhole(round, 1, `${path}.round`);
    requireWhole(owner, 0, `${path}.owner`);
    requirePosition(parent, `${path}.parent`);
    requireList(methods, `${path}.methods`);
    requireWhole(committed, -1, `${path}.committed`);
    if (i > 0 && round <= view.rounds[i - 1]!.round)
      throw new TypeError(
        `the view's ${path} is round ${round}, after a later one: rounds are in ascending order`,
      );
  }
  requireList(view.answers, "answers");
  for (const [i, { at }] of view.answers.entries()) requirePosition(at, `answers[${i}].at`);
}

/** Why a round cannot have committed as much as it says; `undefined` if it can. */
export function wrongCommit({ round, methods, committed }: Round): string | undefined {
  if (committed <= methods.length) return undefined;
  return `${showPosition({ round, index: committed })} is committed, and round ${round} has ${methods.length} methods`;
}

function requireList(value: unknown, path: string): void {
  if (!Array.isArray(value)) throw new TypeError(`the view's ${path} is ${show(value)}, and not a list`);
}

function requireWhole(value: unknown, least: number, path: string): void {
  if (!Number.isInteger(value) || (value as number) < least)
    throw new TypeError(`the view's ${path} is ${show(value)}, and not a whole number from ${least}`);
}

function requirePosition(value: Partial<Position> | undefined, path: string): void {
  requireWhole(value?.round, 0, `${path}.round`);
  requireWhole(value?.index, 0, `${path}.index`);
}
