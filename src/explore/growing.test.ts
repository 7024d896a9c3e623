import { describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { type Model, model, type State, system } from "../model/model.ts";
import { array, flag, interned, list, messages, node, range, record, set } from "../schema/schema.ts";
import { explore } from "./explore.ts";
import { GrowthWatch, growingFields } from "./growing.ts";

const client = node(2, "c");
const named = (system: Model["system"]): Model => model({ name: "a", about: "a model", bounds: {}, system });

/** Nodes vote in ballots, as in protocols: all that is sent is kept, and ends by itself. */
const voting = {
  votes: set(record({ from: node(4), ballot: range(0, 19) })),
  ballots: array(4, range(0, 19)),
};

function vote(s: State<typeof voting>, { from }: { from: number }): boolean | undefined {
  const ballot = s.ballots.get(from);
  if (ballot === 19) return false;
  s.votes.add({ from, ballot });
  s.ballots.set(from, ballot + 1);
  return undefined;
}

/** Clients take numbers from a counter, beside a protocol. */
const tickets = named(() =>
  system(
    { ...voting, next: range(0, 1_000_000), held: array(client, range(0, 1_000_000)), isOpen: flag() },
    ({ action }) => ({
      actions: {
        draw: action({ by: client }, (s, { by }) => {
          s.held.set(by, ++s.next);
        }),
        toggle: action({}, (s) => {
          s.isOpen = !s.isOpen;
        }),
        vote: action({ from: node(4) }, vote),
      },
    }),
  ),
);

const grown = (model: Model, options: { maxDepth?: number; maxStates?: number }) => {
  const instance = instantiate(model);
  return growingFields(instance, explore(instance, options).memory);
};

describe("the field that grows without end", () => {
  test("is named before all others, with its range and what it came to", () => {
    const [first, ...others] = grown(tickets, { maxDepth: 8 });
    expect(first).toEqual({
      ...{ field: "next", unit: "number", least: 0, most: 1_000_000 },
      levels: [0, 2, 4, 6, 8].map((depth) => ({ depth, size: depth })),
    });
    expect(others.map(({ field }) => field)).toEqual(["held[*]"]);
  });

  test("is found by the samples of a large level", () => {
    const found = grown(tickets, { maxStates: 200_000 });
    expect(found.map(({ field }) => field)).toEqual(["next", "held[*]"]);
  });

  test("may count down", () => {
    const countdown = named(() =>
      system({ left: range(-500, 500), isOn: flag() }, ({ action }) => ({
        init: action({}, (s) => {
          s.left = 400;
        }),
        actions: { tick: action({}, (s) => void s.left--) },
      })),
    );
    expect(grown(countdown, { maxDepth: 40 })).toEqual([
      {
        ...{ field: "left", unit: "number", least: -500, most: 500 },
        levels: [0, 10, 20, 30, 40].map((depth) => ({ depth, size: 400 - depth })),
      },
    ]);
  });

  test("may be a list, messages with a number, or an interned value", () => {
    const logs = named(() =>
      system(
        {
          log: list(range(0, 99), 100),
          sent: messages({ tick: { at: range(0, 100) } }),
          text: interned(""),
        },
        ({ action }) => ({
          actions: {
            append: action({}, (s) => s.log.push(s.log.length)),
            tick: action({}, (s) => s.sent.tick.send({ at: s.sent.tick.size })),
            write: action({}, (s) => {
              s.text += "x";
            }),
          },
        }),
      ),
    );
    const found = grown(logs, { maxDepth: 20 });
    expect(found.map(({ field, unit }) => `${field}: ${unit}`)).toEqual([
      ...["sent.tick: elements", "log: elements", "text: characters"],
    ]);
  });

  test("may be a number in the elements of a small set", () => {
    const clocks = named(() =>
      system({ ticks: set(record({ at: range(-9, 500) }), { capacity: 2 }) }, ({ action }) => ({
        actions: {
          tick: action({}, ({ ticks }) => {
            const at = Math.max(-9, ...ticks.values().map((last) => last.at + 1));
            ticks.clear();
            ticks.add({ at });
          }),
        },
      })),
    );
    expect(grown(clocks, { maxDepth: 12 })).toMatchObject([
      { field: "ticks[*].at", levels: [3, 6, 9, 12].map((depth) => ({ depth, size: depth - 10 })) },
    ]);
  });

  test("is none that has gone a good part of its way, or comes to rest", () => {
    const counter = (top: number, pause: number): Model =>
      named(() =>
        system({ slow: range(0, top), steps: range(0, 99) }, ({ action }) => ({
          actions: {
            step: action({}, (s) => {
              s.steps++;
              if (s.steps < pause) s.slow++;
            }),
          },
        })),
      );
    const fields = (model: Model) => grown(model, { maxDepth: 18 }).map(({ field }) => field);
    expect(fields(counter(200, 99))).toEqual(["slow", "steps"]);
    expect(fields(counter(80, 99))).toEqual(["steps"]);
    expect(fields(counter(200, 15))).toEqual(["steps"]);
  });

  test("is none where a protocol is stopped before it ends", () => {
    const protocol = named(() =>
      system(voting, ({ action }) => ({ actions: { vote: action({ from: node(4) }, vote) } })),
    );
    for (const maxDepth of [8, 16, 32]) expect(grown(protocol, { maxDepth })).toEqual([]);
  });

  test("is none after few levels, or where levels get smaller", () => {
    expect(grown(tickets, { maxDepth: 5 })).toEqual([]);
    const two = named(() =>
      system({ clock: range(0, 999), done: array(6, flag()) }, ({ action }) => ({
        actions: {
          finish: action({ one: range(0, 5) }, (s, { one }) => {
            if (s.done.get(one)) return false;
            s.done.set(one, true);
            s.clock++;
          }),
        },
      })),
    );
    expect(grown(two, { maxDepth: 6 })).toEqual([]);
  });
});

test("while a search goes on, it is looked for now and then", () => {
  const instance = instantiate(tickets);
  const { memory } = explore(instance, { maxDepth: 8 });
  const watch = new GrowthWatch(instance, memory, 3);
  expect([watch.look(), watch.look(), watch.look(), watch.look()]).toEqual([
    ...[undefined, undefined, "next", "next"],
  ]);
});
