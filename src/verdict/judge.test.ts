import { describe, expect, test } from "vitest";
import { explore } from "../explore/explore.ts";
import { instantiate } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import type { Answer, Specification } from "../model/property.ts";
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

describe("the events of a refinement", () => {
  /** Rises and falls, where a sigh falls too, but from 1 on changes nothing; seen through two views. */
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
  const judged = (isFalling: boolean, properties: readonly string[]) => {
    const instance = tides(isFalling);
    const circumstances = { target: "", workers: 1, seconds: 0, repeat: "", properties };
    return judge(instance, explore(instance, { properties }), circumstances);
  };

  test("are counted once for each step, whether it is explained or the outcome of its action", () => {
    expect(judged(true, ["whole"]).coverage.events).toEqual({ Rise: 2, Fall: 3 });
    expect(judged(false, ["whole"]).coverage.events).toEqual({ Rise: 2, Fall: 3 });
    expect(judged(true, []).coverage.events).toEqual({});
  });

  test("are missed where one of several properties does not show them", () => {
    expect(judged(true, ["whole"]).vacuous).toEqual([]);
    expect(judged(true, ["whole", "blind"]).vacuous).toEqual(["event Rise was never seen"]);
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
  const instance = instantiate(empty);
  const circumstances = { target: "", workers: 1, seconds: 0, repeat: "", properties: ["never"] };
  expect(judge(instance, explore(instance), circumstances).vacuous).toEqual(["there is no first state"]);
});
