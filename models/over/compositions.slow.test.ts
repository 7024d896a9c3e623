import { expect, test } from "vitest";
import { explore, instantiate } from "../../src/index.ts";
import { mutants, theoremOf, theorems } from "./compositions.ts";

const all = [...theorems, ...mutants];

test.each(all.flatMap((one) => one.over.map((over) => [one.name, over, one] as const)))(
  "%s over %s comes to the same verdict as on the ADO",
  (_, over, one) => {
    for (const world of [undefined, over]) {
      const { ending, fault, violations } = explore(instantiate(theoremOf(one, world).model));
      expect(fault?.message).toBeUndefined();
      expect(ending).toBe(one.expected === "holds" ? "complete" : "violation");
      expect(violations).toHaveLength(one.expected === "holds" ? 0 : 1);
    }
  },
);
