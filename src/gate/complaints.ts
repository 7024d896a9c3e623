/** Everything in an outcome that is not as it should be, as single statements: what reports to machines list. */

import { endAt } from "../verdict/run.ts";
import type { Gate } from "./gates.ts";
import { fateOf } from "./mutants.ts";
import type { Outcome } from "./outcome.ts";

export type Rule = "failure" | "violated" | Gate | "inconclusive";

/** What each rule complains of, the gravest first. */
export const RULES: { readonly [R in Rule]: string } = {
  failure: "The tool or a model broke.",
  violated: "A property is violated.",
  vacuity: "Something that should have happened never did.",
  coverage: "Something happened less often than it has to.",
  counts: "The figures of a run are not those that are pinned.",
  certificate: "A certificate is missing, or is of another model.",
  mutants: "A known defect did not end as it should.",
  inconclusive: "A run was cut short.",
};

/** How grave a pipeline is to take what a rule complains of. */
export function levelOf(rule: Rule): "error" | "warning" {
  return rule === "inconclusive" ? "warning" : "error";
}

export interface Complaint {
  readonly rule: Rule;
  /** Which of the runs, from 0; `null` where it is none of them. */
  readonly run: number | null;
  /** The property at fault. */
  readonly property: string | null;
  readonly message: string;
}

/** The gravest first; complaints of one rule in the order of the runs. */
export function complaintsOf({ runs, mutants, failures }: Outcome): Complaint[] {
  const complaints: Complaint[] = failures.map(({ gate, run, message }) => ({
    rule: gate,
    run,
    property: null,
    message,
  }));
  for (const [i, { failure, verdict, expected, limit, properties }] of runs.entries()) {
    const add = (rule: Rule, message: string, property: string | null = null): void => {
      complaints.push({ rule, run: i, property, message });
    };
    if (failure !== null) {
      add("failure", failure.step === null ? failure.message : `${failure.message} (at ${failure.step})`);
    } else if (verdict === "inconclusive") {
      add("inconclusive", endAt(limit));
    }
    if (expected === "violated") continue;
    for (const { name, verdict: answer, why } of properties) {
      if (answer === "violated") add("violated", why ?? "the property does not hold", name);
    }
  }
  for (const { mutant, runs: tries } of mutants) {
    for (const { run } of tries) {
      const fate = fateOf(run);
      if (fate !== "failed" && fate !== "inconclusive") continue;
      const message = run.failure?.message ?? endAt(run.limit);
      const rule = fate === "failed" ? "failure" : "inconclusive";
      complaints.push({
        rule,
        run: null,
        property: null,
        message: `mutant ${mutant.model.name}: ${message}`,
      });
    }
  }
  const order = Object.keys(RULES);
  return complaints.sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
}
