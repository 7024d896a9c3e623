/** One recorded history judged: the answer as data. */

import { explain } from "../history/explain.ts";
import type { Operation } from "../history/history.ts";
import type { RecordedHistory } from "../history/history-file.ts";
import { type Linearizability, linearize } from "../history/linearize.ts";
import type { SearchLimits } from "../history/search.ts";
import type { Specification } from "../history/specifications.ts";
import type { Value } from "../history/value.ts";

export interface HistoryJudgement {
  readonly verdict: Linearizability["kind"];
  /** What ended the search before the verdict was known; `null` where it is. */
  readonly limit: HistoryLimit | null;
  /** How many configurations were explored. */
  readonly configurations: number;
  /** By invocation. Elsewhere operations are indices into this list. */
  readonly operations: readonly JudgedOperation[];
  /** Every operation that took effect, in an order that explains all results; `null` where there is none. */
  readonly linearization: readonly number[] | null;
  readonly explanation: HistoryExplanation | null;
}

export type HistoryLimit = "configurations" | "memory" | "time";

export interface JudgedOperation {
  readonly client: string;
  /** Which of several independent objects is called; `null` if the history is about one. */
  readonly instance: string | null;
  readonly method: string;
  readonly args: readonly Value[];
  /** Whether nobody saw it return: then it may or may not have taken effect. */
  readonly isPending: boolean;
  /** `undefined` where the operation is pending, or its method returns nothing. */
  readonly result: Value | undefined;
  /** The line of the call in the file. */
  readonly line: number;
  readonly called: number;
  /** Position at which its client went on; `null` if it still waits. */
  readonly ended: number | null;
}

/** Why a history is not linearizable. */
export interface HistoryExplanation {
  /** The object, or the part of it, whose operations alone cannot be linearized; empty if there is one. */
  readonly part: string;
  /** What returns at the end of the shortest prefix that cannot be linearized, and the line of that return. */
  readonly returning: number;
  readonly line: number;
  /** Whether there is no shorter such prefix; otherwise the search for one was cut. */
  readonly isShortest: boolean;
  /** Where the prefix ends. */
  readonly position: number;
  /** The part's operations that were called before. */
  readonly operations: readonly number[];
  /** Partial linearizations that got furthest, the longest first. */
  readonly attempts: readonly HistoryAttempt[];
}

export interface HistoryAttempt {
  readonly steps: readonly { readonly operation: number; readonly result: Value }[];
  readonly state: string;
  /** The operation that must be next, and what it would return in that state. */
  readonly stuck: number;
  readonly answer: Value;
}

/** Judges a history within limits; an explanation is looked for within the same ones. */
export function judgeHistory(
  { history, lines }: RecordedHistory,
  specification: Specification,
  limits: Partial<SearchLimits>,
): HistoryJudgement {
  const { object, recording } = specification;
  const calls = specification.callsOf?.(history) ?? history;
  const answer = linearize(calls, object, limits);
  const returnsNothing = new Set(
    [...recording.methods.values()]
      .filter(({ returns }) => returns === "nothing")
      .map(({ method }) => method),
  );
  return {
    verdict: answer.kind,
    limit: answer.kind === "unknown" ? LIMITS[answer.limit] : null,
    configurations: answer.configurations,
    operations: history.map((operation) => ({
      client: operation.client,
      instance: operation.instance ?? null,
      method: operation.method,
      args: operation.args,
      isPending: operation.kind === "pending",
      result: returnsNothing.has(operation.method) ? undefined : resultOf(operation),
      line: lines[operation.invoked]!,
      called: operation.invoked,
      ended: (operation.kind === "complete" ? operation.returned : operation.abandoned) ?? null,
    })),
    linearization: answer.kind === "linearizable" ? answer.linearization : null,
    explanation: answer.kind === "not-linearizable" ? explanationOf(answer) : null,
  };

  function explanationOf(
    refuted: Extract<Linearizability, { kind: "not-linearizable" }>,
  ): HistoryExplanation {
    const explanation = explain(calls, object, refuted, limits);
    return { ...explanation, part: refuted.part.name, line: lines[explanation.position]! };
  }
}

const LIMITS = { configurations: "configurations", bytes: "memory", deadline: "time" } as const;

function resultOf(operation: Operation): Value | undefined {
  return operation.kind === "complete" ? operation.result : undefined;
}
