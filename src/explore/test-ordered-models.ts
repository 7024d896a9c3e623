/** Random models of nodes that mostly mind their own business: what commutes, and all that may keep it from doing so. */

import fc from "fast-check";
import { type Instance, instantiate } from "../model/instance.ts";
import { model, type Parts, system, type Vocabulary } from "../model/model.ts";
import { elementOf, received } from "../schema/received.ts";
import { forget } from "../schema/record.ts";
import {
  array,
  channels,
  flag,
  interchangeable,
  list,
  messages,
  node,
  oneOf,
  option,
  range,
  record,
  set,
  volatile,
} from "../schema/schema.ts";

// biome-ignore lint/suspicious/noExplicitAny: steps are put together at random
type Draft = any;

/** Who acts, and what it was given: a number or a name, taken from wherever the action's parameter ranges. */
interface Choice {
  readonly at: number;
  readonly other: number;
  readonly value: string;
}

type Guard = (s: Draft, choice: Choice) => boolean;
type Effect = (s: Draft, choice: Choice) => void;

const GUARDS: readonly Guard[] = [
  () => true,
  (s, { at }) => s.nodes[at].level === 0,
  (s, { at }) => s.nodes[at].level < 3,
  (s, { at, other }) => s.nodes[at].level > s.nodes[other].level,
  (s, { at }) => s.nodes[at].phase === "idle",
  (s, { at, value }) => s.nodes[at].kept === value,
  (s, { at }) => s.sent.ask.match({ from: at }) === undefined,
  (s, { other, value }) => s.sent.tell.has({ type: "tell", from: other, value }),
  (s) => s.sent.ask.size > 1,
  (s, { at }) => s.ready.has(at),
  (s, { other }) => !s.ready.has(other),
  (s) => s.few.size === 0,
  (s) => s.queue.length < 2,
  (s) => !s.isOver,
];

const EFFECTS: readonly Effect[] = [
  (s, { at }) => {
    s.nodes[at].level = Math.min(3, s.nodes[at].level + 1);
  },
  (s, { at }) => {
    s.nodes[at].level = 0;
  },
  (s, { at }) => {
    s.nodes[at].phase = "busy";
  },
  (s, { at, value }) => {
    s.nodes[at].kept = value;
  },
  (s, { at }) => forget(s.nodes[at]),
  (s, { at, other }) => s.sent.ask.send({ from: at, to: other }),
  (s, { at, value }) => s.sent.tell.send({ from: at, value }),
  (s, { at }) => s.sent.tell.send({ from: at, value: s.nodes[at].kept ?? "a" }),
  (s, { at }) => s.ready.add(at),
  (s, { at }) => s.ready.delete(at),
  (s, { at, value }) => {
    if (s.few.size < 2) s.few.add({ node: at, value });
  },
  (s) => s.few.clear(),
  (s, { value }) => {
    if (s.queue.length < 2) s.queue.push(value);
  },
  (s) => {
    if (s.queue.length > 0) s.queue.shift();
  },
  (s, { at, other, value }) => {
    if (s.links[at][other].length === 0) s.links[at][other].send({ type: "note", value });
  },
  (s) => {
    s.isOver = true;
  },
];

/** Claims of which a violation lasts as long as nothing is taken from what was sent, which no effect does. */
const STABLE: readonly ((s: Draft) => boolean)[] = [
  (s) => s.sent.ask.size < 3,
  (s) => s.sent.tell.size < 3,
  (s) => !s.sent.tell.some(({ value }: Draft) => s.sent.tell.some((t: Draft) => t.value !== value)),
  (s) => s.sent.ask.every(({ from, to }: Draft) => !s.sent.ask.has({ type: "ask", from: to, to: from })),
];

const PASSING: readonly ((s: Draft) => boolean)[] = [
  (s) => s.nodes.every(({ level }: Draft) => level < 3),
  (s) => s.nodes.some(({ phase }: Draft) => phase === "idle"),
  (s) => s.ready.size === 0 || s.sent.ask.size < 2,
  (s) => s.few.size < 2,
  (s) => s.queue.length < 2 || s.queue.at(0) === s.queue.at(1),
  (s) => s.links.every((row: Draft) => row.every((link: Draft) => link.length === 0)),
  (s) => !s.isOver || s.nodes[0].level === 0,
];

const SOURCES = ["ids", "ask", "tell", "ready", "few", "links", "where", "chosen"] as const;

interface RandomAction {
  readonly source: (typeof SOURCES)[number];
  readonly guards: readonly number[];
  readonly effects: readonly number[];
}

interface RandomModel {
  readonly nodes: number;
  readonly actions: readonly RandomAction[];
  readonly fault: RandomAction | null;
  readonly claim: { readonly isStable: boolean; readonly number: number };
  readonly sought: number;
}

/** Mostly what leaves the other nodes alone, or only tells them something. */
const mostly = (few: readonly number[], all: readonly unknown[]): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...few) },
    { weight: 1, arbitrary: fc.nat(all.length - 1) },
  );

const randomAction: fc.Arbitrary<RandomAction> = fc.record({
  source: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("ids", "ask", "tell") },
    { weight: 1, arbitrary: fc.constantFrom(...SOURCES) },
  ),
  guards: fc.array(mostly([1, 2, 4, 5, 6], GUARDS), { minLength: 1, maxLength: 2 }),
  effects: fc.uniqueArray(mostly([0, 2, 3, 5, 6, 7], EFFECTS), { minLength: 1, maxLength: 3 }),
});

const randomModel: fc.Arbitrary<RandomModel> = fc.record({
  nodes: fc.integer({ min: 2, max: 3 }),
  actions: fc.array(randomAction, { minLength: 2, maxLength: 5 }),
  fault: fc.option(randomAction),
  claim: fc.record({ isStable: fc.boolean(), number: fc.nat(99) }),
  sought: fc.nat(99),
});

export const orderedInstance: fc.Arbitrary<Instance> = randomModel.map(build);

const pick = <T>(from: readonly T[], number: number): T => from[number % from.length]!;

function build({ nodes, actions, fault, claim, sought }: RandomModel): Instance {
  const id = node(nodes);
  const value = interchangeable("a", "b");
  const sent = messages({ ask: { from: id, to: id }, tell: { from: id, value } });
  const ready = set(id);
  const few = set(record({ node: id, value }), { capacity: 2 });
  const links = channels(id, id, { note: { value } }, 1);
  const local = {
    level: range(0, 3),
    phase: volatile(oneOf("idle", "busy")),
    kept: volatile(option(value)),
  };
  const state = {
    nodes: array(id, record(local)),
    sent,
    ready,
    few,
    queue: list(value, 2),
    links,
    isOver: flag(),
  };
  const parts = (words: Vocabulary<Draft>): Parts<Draft> => {
    /** An action by its parameters, and how they say who acts. */
    const act = ({ source, guards, effects }: RandomAction, make: Vocabulary<Draft>["action"]) => {
      const run = (s: Draft, choice: Choice): boolean | undefined => {
        if (!guards.every((number) => pick(GUARDS, number)(s, choice))) return false;
        for (const number of effects) pick(EFFECTS, number)(s, choice);
        return undefined;
      };
      switch (source) {
        case "ids":
          return make({ at: id, value }, (s, { at, value }) =>
            run(s, { at, other: (at + 1) % nodes, value }),
          );
        case "ask":
          return make({ message: received(sent, "ask"), value }, (s, { message, value }) =>
            run(s, { at: message.to, other: message.from, value }),
          );
        case "tell":
          return make({ at: id, message: received(sent, "tell") }, (s, { at, message }) =>
            run(s, { at, other: message.from, value: message.value }),
          );
        case "ready":
          return make({ at: elementOf(ready) }, (s, { at }) => run(s, { at, other: 0, value: "b" }));
        case "few":
          return make({ one: elementOf(few) }, (s, { one }) =>
            run(s, { at: one.node, other: 0, value: one.value }),
          );
        case "links":
          return make({ head: received(links) }, (s, { head }) => {
            const { from, to, message } = head as { from: number; to: number; message: Draft };
            if (run(s, { at: to, other: from, value: message.value }) === false) return false;
            if (s.links[from][to].length > 0) s.links[from][to].shift();
          });
        case "where":
          return make({ at: words.where(id, (s, at) => s.nodes[at].level < 2), value }, (s, { at, value }) =>
            run(s, { at, other: (at + 1) % nodes, value }),
          );
        case "chosen":
          return make(
            { at: words.chosen((s) => [...Array(nodes).keys()].filter((at) => !s.ready.has(at))) },
            (s, { at }) => run(s, { at, other: 0, value: "a" }),
          );
      }
    };
    const test = pick(claim.isStable ? STABLE : PASSING, claim.number);
    return {
      actions: Object.fromEntries(actions.map((each, i) => [`act${i}`, act(each, words.action)])),
      faults: fault === null ? {} : { slip: { ...act(fault, words.action), budget: 1 } },
      properties: {
        claim: words.always(test, { isStable: claim.isStable }),
        sought: words.sometimes((s) => !pick(PASSING, sought)(s)),
      },
    };
  };
  return instantiate(
    model({
      name: "random",
      about: "a random model",
      bounds: {},
      system: () => system(state, parts as never),
    }),
  );
}
