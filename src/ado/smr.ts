/** State machine replication: the committed methods and nothing else, as much as its users may know of an ADO. */

import type { Explanation, Specification } from "../model/property.ts";
import type { Method } from "./ado-r.ts";

/** One log to which methods are appended, one or several at a time, and nothing is ever taken back. */
export const smrSpecification: Specification<readonly Method[]> = {
  initial: (log) => (log.length === 0 ? undefined : "the log is not empty at first"),
  explain: (before, after) => appended(before, after),
  events: ["Append"],
  print: (log) => [`log: ${JSON.stringify(log)}`],
};

function appended(before: readonly Method[], after: readonly Method[]): Explanation {
  const isPrefix = before.every((method, i) => JSON.stringify(method) === JSON.stringify(after[i]));
  if (!isPrefix) return { why: `the log ${JSON.stringify(before)} is no prefix of ${JSON.stringify(after)}` };
  return { events: after.slice(before.length).map(() => "Append") };
}
