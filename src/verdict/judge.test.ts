import { describe, expect, test } from "vitest";
import { explore } from "../explore/explore.ts";
import { type Instance, instantiate } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import type { Answer, Specification } from "../model/property.ts";
import { range } from "../schema/schema.ts";
import { judge } from "./judge.ts";
import type { Run } from "./run.ts";

/** The verdict of a whole search. */
function judged(instance: Instance, properties = instance.defaultProperties): Run {
  const circumstances = { target: "", workers: 1, seconds: 0, repeat: "", properties };
  return judge(instance, explore(instance, { properties }), circumstances);
}

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
  return judged(instance);
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

describe("the events of a refinement", () => {
  /** Rises, and sighs, which is a fall whether it changes the level or not; seen through two views. */
  function tides(isFalling: boolean) {
    const specification: Specification<number> = {
      initial: () => undefined,
      explain: (before, after) => ({ events: [after > before ? "Rise" : "Fall"] }),
      events: ["Rise", "Fall"],
      outcomes: { sigh: "Fall" },
      print: (view) => [String(view)],
    };
    return instantiate(
      model({
        name: "tides",
        about: "up and down",
        bounds: {},
        system: () =>
          system({ level: range(0, 2) }, ({ action, refines }) => ({
            actions: {
              rise: action({}, (s) => {
                if (s.level === 2) return false;
                s.level++;
              }),
              sigh: action({}, (s) => {
                if (isFalling && s.level === 2) s.level = 0;
              }),
            },
            properties: {
              whole: refines(specification, (s) => s.level),
              blind: refines(specification, () => 0),
            },
          })),
      }),
    );
  }
  test("are counted once for each step, whether it is explained or the outcome of its action", () => {
    expect(judged(tides(true), ["whole"]).coverage.events).toEqual({ Rise: 2, Fall: 3 });
    expect(judged(tides(false), ["whole"]).coverage.events).toEqual({ Rise: 2, Fall: 3 });
    expect(judged(tides(true), []).coverage.events).toEqual({});
  });

  test("are missed where one of several properties does not show them", () => {
    expect(judged(tides(true), ["whole"]).vacuous).toEqual([]);
    expect(judged(tides(true), ["whole", "blind"]).vacuous).toEqual(["event Rise was never seen"]);
  });
});

test("a model without a first state says nothing", () => {
  const empty = model({
    name: "empty",
    about: "nowhere to begin",
    bounds: {},
    system: () =>
      system({ count: range(0, 1) }, ({ action, always }) => ({
        init: action({}, () => false),
        actions: {},
        properties: { never: always(() => false) },
      })),
  });
  expect(judged(instantiate(empty)).vacuous).toEqual(["there is no first state"]);
});
