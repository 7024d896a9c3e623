/** The specification that protocols are checked against: every step is some ADO-R events, or nothing, on that level. */

import {
  type AdoR,
  type AdoROptions,
  apply,
  best,
  branch,
  branchPositions,
  comparePositions,
  eventsBetween,
  exists,
  type Method,
  type Position,
  persist,
  refusal,
  showLog,
  showPosition,
  showRound,
} from "../ado/ado-r.ts";
import { drawTree } from "../ado/tree.ts";
import type { Explanation, Specification } from "../model/property.ts";
import { type AdoView, type Answered, requireAdoView, wrongCommit } from "./ado-view.ts";

/** What a protocol is to show beyond the guards of the ADO. */
export interface RefinesAdoOptions extends AdoROptions {
  /** What a client is told when the last of some methods is committed; needed where answers have results. */
  readonly result?: (methods: readonly Method[]) => Method;
  /** Events that every run must show besides `PullOk`, `InvokeOk` and `PushOk`; a way to each is reported. */
  readonly events?: readonly string[];
  /** See {@link Specification.outcomes}. */
  readonly outcomes?: { readonly [action: string]: string };
}

/**
 * ADO-R as a specification. Guards are checked on every step, each client's answer on every state, and independently of
 * the guards that the committed log only ever grows. The events are `PullOk`, `InvokeOk`, `PushOk`; a pull or push that
 * happens when a later round exists already is a `LatePull` or `LatePush` too: legal, and impossible step by step in
 * ADO-21, whose owners are preempted for good.
 */
export function adoSpecification(options: RefinesAdoOptions = {}): Specification<AdoView> {
  const known = [...EVENTS, ...LATE_EVENTS, ...Object.values(options.outcomes ?? {})];
  const stray = options.events?.find((event) => !known.includes(event));
  if (stray !== undefined)
    throw new TypeError(`${stray} is no event of the ADO, which are ${known.join(", ")}`);
  const specification: Specification<AdoView> = {
    initial(view) {
      requireAdoView(view);
      const [round] = view.rounds;
      return round && `the first state has ${showRound(round)} already`;
    },
    invariant(view) {
      requireAdoView(view);
      const { rounds, answers } = view;
      return (
        firstWrong(rounds, wrongCommit) ??
        firstWrong(answers, (answer) => wrongAnswer(rounds, answer, options))
      );
    },
    explain: (before, after) => explain(before.rounds, after.rounds, options),
    events: [...EVENTS, ...(options.events ?? [])],
    witnesses: options.events ?? [],
    ...(options.outcomes ? { outcomes: options.outcomes } : {}),
    print: printView,
    tree: ({ rounds, answers }) => drawTree(rounds, answers.map(showAnswer)),
  };
  adoSpecifications.add(specification);
  return specification;
}

/** Those that every run must show, and those that it may. */
const EVENTS = ["PullOk", "InvokeOk", "PushOk"];
const LATE_EVENTS = ["LatePull", "LatePush"];

const adoSpecifications = new WeakSet<object>();

/** Whether it was made by {@link adoSpecification}: what else is called a refinement of the ADO proves nothing about it. */
export function isAdoSpecification(specification: object): boolean {
  return adoSpecifications.has(specification);
}

function explain(before: AdoR, after: AdoR, options: AdoROptions): Explanation {
  const events = eventsBetween(before, after);
  if (typeof events === "string") return { why: events };
  const names: string[] = [];
  let rounds = before;
  for (const event of events) {
    const why = refusal(rounds, event, options);
    if (why !== undefined) return { why };
    const isLate = rounds.some(({ round }) => round > event.round);
    if (event.kind === "pull") names.push("PullOk", ...(isLate ? ["LatePull"] : []));
    if (event.kind === "invoke") names.push("InvokeOk");
    if (event.kind === "push") names.push("PushOk", ...(isLate ? ["LatePush"] : []));
    rounds = apply(rounds, event);
  }
  const [was, is] = [persist(before), persist(after)];
  const isPrefix = was.every((method, i) => JSON.stringify(method) === JSON.stringify(is[i]));
  if (!isPrefix)
    return { why: `the committed log ${JSON.stringify(was)} is no prefix of ${JSON.stringify(is)}` };
  return { events: names };
}

function wrongAnswer(rounds: AdoR, { at, result }: Answered, options: RefinesAdoOptions): string | undefined {
  const isOnBranch = branchPositions(rounds, best(rounds)).some(
    (position) => comparePositions(position, at) === 0,
  );
  // What a round adopted has no method of its own on the branch: its owner may push it all the same.
  const isInherited =
    at.index === 0 && rounds.some(({ round, committed }) => round === at.round && committed >= 0);
  if (!isOnBranch && !isInherited)
    return `a client was told that ${showPosition(at)} is committed, and it is not`;
  if (result === undefined || options.result === undefined) return undefined;
  const expected = options.result(branch(rounds, at));
  if (JSON.stringify(expected) === JSON.stringify(result)) return undefined;
  return `the client of ${showPosition(at)} was told ${JSON.stringify(result)} instead of ${JSON.stringify(expected)}`;
}

/** A log that the concrete state holds somewhere, with the position it claims to be. */
export interface HeldLog {
  /** Who holds it, for messages. */
  readonly where: string;
  readonly at: Position;
  readonly content: unknown;
}

/**
 * Log match: what is wrong with a held log, whose content should be what replaying the branch to its position gives.
 * `true` if nothing is.
 */
export function matchesBranch(
  rounds: AdoR,
  { where, at, content }: HeldLog,
  replay: (methods: readonly Method[]) => unknown,
): true | string {
  if (!exists(rounds, at)) return `${where} holds position ${showPosition(at)}, which is not in the tree`;
  const expected = replay(branch(rounds, at));
  if (JSON.stringify(content) === JSON.stringify(expected)) return true;
  return `${where} holds ${JSON.stringify(content)} at ${showPosition(at)}, where the branch says ${JSON.stringify(expected)}`;
}

function printView({ rounds, answers }: AdoView): string[] {
  const told = answers.map(showAnswer);
  return [
    ...rounds.map(showRound),
    `committed: [${showLog(rounds).join(", ")}]`,
    ...(told.length > 0 ? [`answered OK: ${told.join(", ")}`] : []),
  ];
}

/** `(1,2) = "x"` */
function showAnswer({ at, result }: Answered): string {
  return showPosition(at) + (result === undefined ? "" : ` = ${JSON.stringify(result)}`);
}

function firstWrong<T>(items: readonly T[], test: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const wrong = test(item);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
