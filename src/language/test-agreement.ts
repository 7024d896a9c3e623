/** The model of a theorem against the slow and obvious way to decide it. */

import fc from "fast-check";
import { expect } from "vitest";
import { explore } from "../explore/explore.ts";
import { instantiate } from "../model/instance.ts";
import { compileTheorem } from "./compile-theorem.ts";
import { oddPrograms, program } from "./test-programs.ts";
import { decideByForce } from "./test-reference.ts";
import { typedProgram } from "./test-typed-program.ts";
import { theoremModel } from "./theorem-model.ts";

/** Compares the two on random programs; how often each claim came to each verdict. */
export function agreeOn(programs: number, maxStates: number): { readonly [outcome: string]: number } {
  const seen: { [outcome: string]: number } = {};
  fc.assert(
    fc.property(program, (text) => {
      const typed = typedProgram(text);
      const compiled = compileTheorem(typed, [...typed.names.theorems.values()][0]!);
      const expected = decideByForce(compiled, maxStates);
      if (expected === undefined) return;
      const { ending, fault, witnesses, violations } = explore(instantiate(theoremModel(compiled)));
      const { kind } = compiled.claim;
      const found = kind === "sometimes" ? witnesses.length > 0 : violations.length === 0;
      expect(fault?.message).toBeUndefined();
      expect(["complete", "violation"]).toContain(ending);
      expect(found ? "holds" : "violated").toBe(expected);
      const outcome = `${kind} ${expected}`;
      seen[outcome] = (seen[outcome] ?? 0) + 1;
    }),
    { numRuns: programs, examples: oddPrograms.map((text): [string] => [text]) },
  );
  return seen;
}
