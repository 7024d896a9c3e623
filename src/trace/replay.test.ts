import { describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { type Model, model, system } from "../model/model.ts";
import { elementOf } from "../schema/received.ts";
import { bags, node, oneOf, range, set } from "../schema/schema.ts";
import { replay } from "./replay.ts";
import { documentsOf, motley, pinging, unreliable } from "./test-documents.ts";

/** A counter, with variations: where it begins, whom it asks, how it guards, and when it has gone too far. */
function counter({
  most = 3,
  name = "add",
  more = {},
  start = 0,
  guard = () => true,
  doubles = 1,
}: {
  most?: number;
  name?: string;
  more?: { readonly [parameter: string]: ReturnType<typeof range> };
  start?: number;
  guard?: (count: number) => boolean;
  doubles?: number;
} = {}): Model {
  return model({
    name: "counter",
    about: "counts",
    bounds: {},
    system() {
      const known = set(node(2));
      const state = { count: range(0, 9), mood: oneOf("calm", "wild"), known };
      return system(state, ({ action, always, sometimes }) => ({
        init: action({ count: range(start, start) }, (s, { count }) => {
          s.count = count;
          s.known.add(0);
        }),
        actions: {
          [name]: action({ by: elementOf(known), step: range(1, 2), ...more }, (s, { step }) => {
            if (s.count + step * doubles > 9 || !guard(s.count)) return false;
            s.count += step * doubles;
          }),
        },
        properties: {
          small: always((s) => s.count <= most || `${s.count} is too much`),
          five: sometimes((s) => s.count === 5),
        },
      }));
    },
  });
}

const documents = documentsOf(counter());
const violation = documents.get("small")!;

describe("a trace that is run again", () => {
  test("fails at its end, on the model that it is from", () => {
    for (const checked of [pinging, unreliable, motley, counter()]) {
      for (const document of documentsOf(checked).values()) {
        const { why } = document.property;
        expect(replay(instantiate(checked), document)).toEqual({
          ...{ outcome: "fails", step: document.trace.steps.length, why, refusal: null, difference: null },
        });
      }
    }
  });

  test("holds where the property does, and fails earlier where it is stricter", () => {
    expect(violation.trace.steps).toHaveLength(2);
    expect(replay(instantiate(counter({ most: 4 })), violation)).toMatchObject({
      outcome: "holds",
      step: null,
    });
    expect(replay(instantiate(counter({ most: 1 })), violation)).toMatchObject({
      ...{ outcome: "fails", step: 1, why: "2 is too much" },
    });
  });

  test("tells from which step on states are others, and goes on", () => {
    const { outcome, step, difference } = replay(instantiate(counter({ doubles: 2 })), violation);
    expect([outcome, step]).toEqual(["fails", 1]);
    expect(difference).toEqual({ step: 1, fields: ["count: 2 in the trace, 4 now"] });
  });

  test("counts the copies of a letter", () => {
    const post = (copies: number): Model =>
      model({
        name: "post",
        about: "sends letters",
        bounds: {},
        system() {
          const state = { letters: bags({ ping: {} }, 3) };
          return system(state, ({ action, always }) => ({
            actions: {
              send: action({}, (s) => {
                if (s.letters.ping.size > 0) return false;
                for (let i = 0; i < copies; i++) s.letters.ping.send({});
              }),
            },
            properties: { none: always((s) => s.letters.ping.size === 0) },
          }));
        },
      });
    const two = documentsOf(post(2)).get("none")!;
    expect(replay(instantiate(post(1)), two).difference?.fields).toEqual([
      "letters.ping: ping{} only in the trace",
    ]);
  });

  test("diverges where a guard refuses, with what it read", () => {
    const refusing = instantiate(counter({ guard: (count) => count === 0 }));
    expect(replay(refusing, violation)).toEqual({
      outcome: "diverges",
      step: 2,
      why: null,
      refusal: { kind: "guard", label: "add(by: n1, step: 2)", read: ["count: 2"] },
      difference: null,
    });
  });

  test("diverges where a parameter cannot be what it was, or the action is gone", () => {
    const label = "add(by: n2, step: 1)";
    const [first] = violation.trace.steps;
    const elsewhere = { ...violation, trace: { ...violation.trace, steps: [{ ...first!, label }] } };
    expect(replay(instantiate(counter()), elsewhere).refusal).toEqual({
      ...{ kind: "no choice", label, parameter: "by", choices: ["n1"] },
    });
    const renamed = replay(instantiate(counter({ name: "increase" })), violation);
    expect([renamed.step, renamed.refusal]).toEqual([1, { kind: "no action", action: "add" }]);
  });

  test("diverges where an action has other parameters than it had, and names them", () => {
    const grown = instantiate(counter({ more: { to: range(1, 3) } }));
    const label = "add(by: n1, step: 2)";
    expect(replay(grown, violation).refusal).toEqual({
      ...{ kind: "other parameters", label, missing: ["to"], unknown: [] },
    });
    const [first] = violation.trace.steps;
    const odd = 'add(by: n1, step: 2, for: vote{to: n1, of: [n2]}, at: "(, x: ")';
    const elsewhere = { ...violation, trace: { ...violation.trace, steps: [{ ...first!, label: odd }] } };
    expect(replay(grown, elsewhere).refusal).toEqual({
      ...{ kind: "other parameters", label: odd, missing: ["to"], unknown: ["for", "at"] },
    });
  });

  test("begins where the model does, be it elsewhere", () => {
    expect(replay(instantiate(counter({ start: 1 })), violation)).toMatchObject({
      ...{ outcome: "fails", step: 2, difference: { step: 0, fields: ["count: 0 in the trace, 1 now"] } },
    });
  });

  test("is a witness still, or no longer", () => {
    const witness = documentsOf(counter({ most: 9 })).get("five")!;
    expect(replay(instantiate(counter()), witness)).toMatchObject({ outcome: "fails", why: null });
    expect(replay(instantiate(counter({ start: 1 })), witness).outcome).toBe("holds");
  });
});
