/** The JSON document that answers `muchado linearize`. */

import type { Value } from "../history/value.ts";
import type { HistoryJudgement, HistoryLimit } from "../verdict/judge-history.ts";

/** Everything that there is to say of a history. */
export interface HistoryAnswer {
  readonly tool: { readonly name: string; readonly version: string };
  readonly exitCode: number;
  readonly file: string;
  /** As it is called on the command line. */
  readonly specification: string;
  readonly judgement: HistoryJudgement;
  /** What ended the search before the verdict was known; `null` where it is. */
  readonly limit: HistoryLimit | "interrupted" | null;
  readonly seconds: number;
  /** The command that repeats the run. */
  readonly repeat: string;
}

/** The document as text, with a final newline. Integers that JSON readers would round stand as strings. */
export function historyDocument(answer: HistoryAnswer): string {
  const { tool, exitCode, file, specification, judgement, limit, seconds, repeat } = answer;
  const { verdict, configurations, operations, linearization, explanation } = judgement;
  const document = {
    tool,
    verdict,
    exitCode,
    limit,
    history: file,
    specification,
    configurations,
    seconds,
    operations: operations.map(({ client, instance, method, args, isPending, result, line }) => ({
      client,
      instance,
      method,
      args,
      isPending,
      result: result ?? null,
      line,
    })),
    linearization,
    explanation: explanation && {
      part: explanation.part === "" ? null : explanation.part,
      returning: explanation.returning,
      line: explanation.line,
      isShortest: explanation.isShortest,
      operations: explanation.operations,
      attempts: explanation.attempts,
    },
    repeat,
  };
  return `${JSON.stringify(document, (_, value: Value) => (typeof value === "bigint" ? String(value) : value), 2)}\n`;
}
