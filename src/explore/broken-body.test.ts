import { describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import { array, majority, node, option, range, record } from "../schema/schema.ts";
import { explore } from "./explore.ts";
import { findOrder } from "./order.ts";
import { counters, type Draft, run } from "./test-counters.ts";
import { retrace } from "./trace.ts";

interface Quorums {
  readonly quorum: readonly number[];
  readonly kept: { readonly quorum: readonly number[] } | null;
}

describe("a broken body", () => {
  test.each([0, 9000])(
    "that writes before it returns false ends the run as a fault of its action, after %i steps too",
    (from) => {
      const eager = model({
        name: "eager",
        about: "writes too soon",
        bounds: {},
        system: () =>
          system({ x: range(0, 9999), y: range(0, 299) }, ({ action }) => ({
            actions: {
              up: action({}, (s) => {
                if (s.x === 9999) return false;
                s.x++;
              }),
              eager: action({}, (s) => {
                if (s.x < from) return false;
                s.y = 299;
                return false;
              }),
            },
          })),
      });
      const { ending, fault } = run(eager);
      expect(ending).toBe("fault");
      expect(fault?.message).toBe("action eager wrote to the state and then returned false (y: 0 → 299)");
      expect(fault?.depth).toBe(from);
    },
  );

  test.each([0, 290])(
    "that assigns to an element of an array of records is found out, after %i steps too",
    (from) => {
      const fields = { x: range(0, 299), rows: array(range(0, 1), record({ y: range(0, 1) })) };
      const usurper = model({
        name: "usurper",
        about: "replaces a part of the state by something else",
        bounds: {},
        system: () =>
          system(fields, ({ action }) => ({
            actions: {
              up: action({}, (s) => {
                if (s.x === 299) return false;
                s.x++;
              }),
              usurp: action({}, (s) => {
                if (s.x < from) return false;
                (s.rows as { y: number }[])[0] = { y: 1 };
              }),
            },
          })),
      });
      const { ending, fault } = run(usurper);
      expect(ending).toBe("fault");
      expect(fault?.message).toMatch(
        /usurp.* threw TypeError|rows: its elements are changed where they stand/,
      );
    },
  );

  test("that writes to a subset ends the run, be it a parameter, part of the state or inside a value", () => {
    const shown = (s: Quorums, given: unknown): unknown[] => [given, s.quorum, s.kept?.quorum];
    for (const at of [0, 1, 2]) {
      const spoiler = model({
        name: "spoiler",
        about: "takes from what it was shown",
        bounds: {},
        system() {
          const quorum = majority(node(3));
          const state = { n: range(0, 5), quorum, kept: option(record({ quorum })) };
          return system(state, ({ action }) => ({
            actions: {
              count: action({ given: quorum }, (s, { given }) => {
                if (s.n === 5) return false;
                s.n++;
                s.kept = { quorum: [0, 2] };
                if (s.n > 2) (shown(s, given)[at] as number[]).pop();
              }),
            },
          }));
        },
      });
      expect(run(spoiler).fault?.message).toMatch(/^count\(given: .*\) threw TypeError: Cannot delete/);
    }
  });

  test.each([
    ["where it answers true", (s: Draft) => s.x === 200 && ++s.y > 0],
    ["where it answers false", (s: Draft) => s.x === 200 && ++s.y < 0],
  ])("whose parameter's test writes to the state ends the run, %s", (_, test) => {
    const forward = (s: Draft, { to }: { to: number }): void => {
      s.y = to;
    };
    const chooser = counters(({ action, where }) => ({
      actions: { reset: action({ to: where(range(0, 0), test) }, forward) },
    }));
    const drawer = counters(({ action, chosen }) => ({
      actions: { reset: action({ to: chosen((s) => (test(s) ? [0] : [])) }, forward) },
    }));
    for (const broken of [chooser, drawer]) {
      const message =
        "reset(to: …) threw TypeError: `where` and `chosen` only look: write to the state in the body";
      expect(run(broken)).toMatchObject({ ending: "fault", fault: { message } });
      const instance = instantiate(broken);
      const order = findOrder(instance);
      expect(explore(instance, { order, maxBytes: 2 ** 24 })).toMatchObject({
        ending: "fault",
        fault: { message },
      });
    }
  });

  test("that is not a function of the state ends the run as a fault of its action", () => {
    let calls = 0;
    const moody = counters(({ action }) => ({
      actions: {
        moody: action({}, (s) => {
          s.x = calls++ % 2;
        }),
      },
    }));
    expect(run(moody).fault?.message).toMatch(/^action moody did something else when it was run again/);
  });

  test("that is sometimes enabled and sometimes not ends the run as a fault of its action", () => {
    let calls = 0;
    const shy = counters(({ action }) => ({
      actions: { shy: action({}, () => calls++ % 3 === 0) },
    }));
    expect(run(shy).fault?.message).toBe("action shy did something else when it was run again");
  });

  test("that is enabled by chance ends the run, be it as small as can be", () => {
    for (let run = 0; run < 20; run++) {
      const tossed = counters(({ action }) => ({
        actions: {
          toss: action({}, (s) => {
            if (s.x > 0 || Math.random() < 0.5) return false;
            s.x = 1;
          }),
        },
      }));
      expect(explore(instantiate(tossed)).fault?.message).toMatch(/^action toss did something else/);
    }
  });

  test("ends the run where it is a property's that answers by chance, though it looks at no state", () => {
    // It is asked eight times at least, and more often where there is time.
    const tossed = counters(({ always }) => ({ properties: { luck: always(() => Math.random() < 0.3) } }));
    for (let run = 0; run < 20; run++) {
      const { ending, fault } = explore(instantiate(tossed));
      if (ending !== "violation")
        expect(fault?.message).toBe("property luck answered something else when it was asked again");
    }
  });

  test("that is enabled only from the second time on ends the run as a fault of its action", () => {
    const tried = new Set<number>();
    const slow = counters(({ action }) => ({
      actions: {
        slow: action({}, (s) => {
          if (s.x === 9 || tried.size === tried.add(s.x).size) s.x = Math.min(9, s.x + 1);
          else return false;
        }),
      },
    }));
    expect(run(slow).fault?.message).toBe("action slow did something else when it was run again");
  });

  test("that counts outside of the state how often it may happen ends the run, with the state and the way there", () => {
    let crashes = 0;
    const bounded = counters(({ action }) => ({
      actions: {
        crash: action({}, (s) => {
          if (s.x < 2 || crashes++ >= 4) return false;
          s.x = 0;
        }),
      },
    }));
    const { ending, fault } = run(bounded);
    expect(ending).toBe("fault");
    expect(fault?.message).toBe("action crash did something else when it was run again");
    expect(fault?.depth).toBe(2);
  });

  test.each(["init", "stamp"])("that reads a clock which stands still for a while ends the run: %s", (at) => {
    let clock = 0;
    const dated = counters(({ action, always }) => ({
      init: action({}, (s) => {
        if (at === "init") s.x = clock;
      }),
      actions: {
        stamp: action({}, (s) => {
          if (at !== "stamp" || s.x !== 0) return false;
          s.x = clock;
        }),
      },
      properties: {
        later: always((s) => {
          if (s.x === 299 && s.y === 299) clock = 7;
          return true;
        }),
      },
    }));
    expect(run(dated).fault?.message).toBe(`action ${at} did something else when it was run again`);
  });

  test("that is a generator ends the run, since nobody runs it", () => {
    const idle = counters(({ action }) => ({
      actions: {
        idle: action({}, function* (s: { x: number }) {
          yield s.x;
        } as never),
      },
    }));
    expect(run(idle).fault?.message).toBe("action idle answered a generator, which nobody runs");
  });

  test("that throws ends the run with the action, its choice and the error", () => {
    const rash = counters(({ action }) => ({
      actions: {
        rash: action({ by: range(1, 2) }, (s, { by }) => {
          if (s.x < 7) return false;
          s.y = 298 + by;
        }),
      },
    }));
    const { ending, fault } = run(rash);
    expect(ending).toBe("fault");
    expect(fault?.message).toBe("rash(by: 2) threw OutOfRange: y: 300 is not in 0..299");
    expect(fault?.depth).toBe(7);
  });

  test("that throws hides no violation that was found before", () => {
    const rash = counters(({ action, always }) => ({
      actions: {
        pick: action({ y: range(1, 299) }, (s, { y }) => {
          if (s.x > 0 || s.y > 0) return false;
          s.y = y;
        }),
        rash: action({}, (s) => {
          if (s.y === 299) throw new Error("far");
          if (s.y !== 5 || s.x > 0) return false;
          s.x = 100;
        }),
      },
      properties: { low: always(({ x }) => x < 100) },
    }));
    const instance = instantiate(rash);
    const found = explore(instance);
    expect(found.fault?.message).toBe("rash() threw Error: far");
    const { steps } = retrace(instance, found, found.violations[0]!);
    expect(steps.map(({ label }) => label.text)).toEqual(["pick(y: 5)", "rash()"]);
  });

  test("of init ends the run before it begins", () => {
    const stillborn = counters(({ action }) => ({
      init: action({ x: range(299, 300) }, (s, { x }) => {
        s.x = x;
      }),
    }));
    const { ending, fault } = run(stillborn);
    expect(ending).toBe("fault");
    expect(fault?.message).toBe("init(x: 300) threw OutOfRange: x: 300 is not in 0..299");
  });
});
