import { describe, expect, test } from "vitest";
import { explore } from "../explore/explore.ts";
import { instantiate } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import type { Answer } from "../model/property.ts";
import { range } from "../schema/schema.ts";
import { judge } from "./judge.ts";

/** Counts to 2, where waiting, which changes nothing, and a fault are all that can still happen. */
function counter(goesOn: (count: number) => Answer) {
  const instance = instantiate(
    model({
      name: "counter",
      about: "counts to its end",
      bounds: {},
      system: () =>
        system({ count: range(0, 2), isLost: range(0, 1) }, ({ action, fault, atEnd }) => ({
          actions: {
            countOn: action({}, (s) => {
              if (s.count === 2) return false;
              s.count++;
            }),
            wait: action({}, () => {}),
          },
          faults: {
            lose: fault({}, (s) => {
              s.isLost = 1;
            }),
          },
          properties: { goesOn: atEnd((s) => goesOn(s.count)) },
        })),
    }),
  );
  const circumstances = { target: "", workers: 1, seconds: 0, repeat: "", properties: ["goesOn"] };
  return judge(instance, explore(instance), circumstances);
}

describe("a property of the states where all ends", () => {
  test("is violated there, on a shortest way, in words", () => {
    const [refused] = counter(() => false).properties;
    expect(refused).toMatchObject({ verdict: "violated", why: "no action changes this state any more" });
    expect(refused!.trace!.steps.map(({ label }) => label)).toEqual(["countOn()", "countOn()"]);
    const [explained] = counter(() => "it counts no further").properties;
    expect(explained!.why).toBe("no action changes this state any more: it counts no further");
  });

  test("is not asked anywhere else", () => {
    const { verdict, states } = counter((count) => count === 2);
    expect({ verdict, states }).toEqual({ verdict: "holds", states: 6 });
  });
});
