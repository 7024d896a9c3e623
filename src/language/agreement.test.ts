import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explore } from "../explore/explore.ts";
import { instantiate } from "../model/instance.ts";
import { typedProgram } from "./check.ts";
import { compileTheorem } from "./compile-theorem.ts";
import { program } from "./test-programs.ts";
import { decideByForce } from "./test-reference.ts";
import { theoremModel } from "./theorem-model.ts";

describe("on random programs", () => {
  it("the model of a theorem decides as whole trees and whole histories do", () => {
    const seen = new Map<string, number>();
    const count = (what: string): void => {
      seen.set(what, (seen.get(what) ?? 0) + 1);
    };
    fc.assert(
      fc.property(program, (text) => {
        const typed = typedProgram(text);
        const compiled = compileTheorem(typed, [...typed.names.theorems.values()][0]!);
        const expected = decideByForce(compiled, 6000);
        if (expected === undefined) return count("too large");
        const exploration = explore(instantiate(theoremModel(compiled)));
        const { kind } = compiled.claim;
        const found =
          kind === "sometimes" ? exploration.witnesses.length > 0 : exploration.violations.length === 0;
        expect(exploration.fault?.message).toBeUndefined();
        expect(found ? "holds" : "violated").toBe(expected);
        return count(`${kind} ${expected}`);
      }),
      { numRuns: Number(process.env.RUNS ?? 100) },
    );
    console.log(seen);
  });
});
