/** Random models that treat all nodes alike, and all values: what a state is made of, and what steps and properties do with it. */

import fc from "fast-check";
import { type Instance, instantiate } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import {
  array,
  channels,
  interchangeable,
  list,
  messages,
  node,
  option,
  range,
  record,
  sequence,
  set,
  subset,
} from "../schema/schema.ts";

/** What a step is given to do something with. */
interface Choice {
  readonly at: number;
  readonly other: number;
  readonly value: string;
}

// biome-ignore lint/suspicious/noExplicitAny: which fields a random state has is not known to the compiler
type Draft = any;

/** A field that a state may have, and what can be asked of it and done to it. */
interface Feature {
  readonly guards: readonly ((s: Draft, choice: Choice) => boolean)[];
  readonly effects: readonly ((s: Draft, choice: Choice) => void)[];
  readonly claims: readonly ((s: Draft, nodes: number) => boolean)[];
}

const others = (values: readonly unknown[], value: unknown): number =>
  values.filter((v) => v === value).length;

const FEATURES: { readonly [field: string]: Feature } = {
  level: {
    guards: [
      (s, { at }) => s.level.get(at) === 0,
      (s, { at, other }) => s.level.get(at) > s.level.get(other),
    ],
    effects: [
      (s, { at }) => s.level.set(at, Math.min(2, s.level.get(at) + 1)),
      (s, { other }) => s.level.set(other, 0),
    ],
    claims: [(s, nodes) => others(s.level.values(), 2) < nodes, (s) => others(s.level.values(), 1) < 2],
  },
  leader: {
    guards: [(s, { at }) => s.leader === at, (s) => s.leader === null],
    effects: [
      (s, { at }) => {
        s.leader = at;
      },
      (s) => {
        s.leader = null;
      },
    ],
    claims: [(s) => s.leader === null],
  },
  votes: {
    guards: [(s, { at }) => s.votes.get(at) === null, (s, { at, other }) => s.votes.get(at) === other],
    effects: [(s, { at, other }) => s.votes.set(at, other), (s, { at }) => s.votes.set(at, null)],
    claims: [(s, nodes) => [...Array(nodes).keys()].every((n) => s.votes.get(n) !== n)],
  },
  ready: {
    guards: [(s, { at }) => s.ready.has(at), (s, { at }) => !s.ready.has(at)],
    effects: [(s, { at }) => s.ready.add(at), (s, { at }) => s.ready.delete(at)],
    claims: [(s, nodes) => s.ready.size < nodes],
  },
  quorum: {
    guards: [(s, { at }) => s.quorum.includes(at)],
    effects: [
      (s, { at, other }) => {
        s.quorum = [...new Set([at, other])].sort();
      },
    ],
    claims: [(s) => s.quorum.length !== 1],
  },
  order: {
    guards: [(s, { at }) => s.order[0] === at],
    effects: [
      (s, { at }) => {
        s.order = [at, ...s.order].slice(0, 2);
      },
    ],
    claims: [(s) => s.order.length < 2 || s.order[0] !== s.order[1]],
  },
  queue: {
    guards: [(s, { at }) => s.queue.length > 0 && s.queue.at(0).node === at],
    effects: [
      (s, { at, value }) => {
        if (s.queue.length < 2) s.queue.push({ node: at, value });
      },
      (s) => {
        if (s.queue.length > 0) s.queue.shift();
      },
    ],
    claims: [(s) => s.queue.length < 2 || s.queue.at(0).value !== s.queue.at(1).value],
  },
  rows: {
    guards: [
      (s, { at, other }) => s.rows[at].seen.has(other),
      (s, { at, value }) => s.rows[at].kept === value,
    ],
    effects: [
      (s, { at, other }) => s.rows[at].seen.add(other),
      (s, { at, value }) => {
        s.rows[at].kept = value;
      },
    ],
    claims: [(s, nodes) => s.rows.every((row: Draft) => row.seen.size < nodes)],
  },
  links: {
    guards: [(s, { at, other }) => s.links[at][other].length > 0],
    effects: [
      (s, { at, other, value }) => {
        if (s.links[at][other].length === 0) s.links[at][other].send({ type: "note", about: at, value });
      },
      (s, { at, other }) => {
        if (s.links[at][other].length > 0) s.links[at][other].shift();
      },
    ],
    claims: [(s) => s.links.every((row: Draft) => row.some((link: Draft) => link.length === 0))],
  },
  sent: {
    guards: [(s, { at, other }) => s.sent.ask.has({ type: "ask", from: at, to: other })],
    effects: [
      (s, { at, other }) => s.sent.ask.send({ from: at, to: other }),
      (s, { at, value }) => s.sent.tell.send({ from: at, value }),
    ],
    claims: [(s) => s.sent.tell.size < 2, (s) => s.sent.ask.every(({ from, to }: Draft) => from !== to)],
  },
  few: {
    guards: [(s, { at }) => s.few.size < 2 && !s.few.some(({ node }: Draft) => node === at)],
    effects: [
      (s, { at, other, value }) => {
        if (s.few.size < 2) s.few.add({ node: at, next: other, value });
      },
      (s) => s.few.clear(),
    ],
    claims: [(s) => s.few.size < 2],
  },
};

function fieldsOf(nodes: number, values: readonly string[]) {
  const id = node(nodes);
  const value = interchangeable(...values);
  return {
    level: array(id, range(0, 2)),
    leader: option(id),
    votes: array(id, option(id)),
    ready: set(id),
    quorum: subset(id),
    order: sequence(id, 2),
    queue: list(record({ node: id, value }), 2),
    rows: array(id, record({ seen: set(id), kept: option(value) })),
    links: channels(id, id, { note: { about: id, value } }, 1),
    sent: messages({ ask: { from: id, to: id }, tell: { from: id, value } }),
    few: set(record({ node: id, next: id, value }), { capacity: 2 }),
  };
}

interface RandomModel {
  readonly nodes: number;
  readonly values: readonly string[];
  readonly features: readonly string[];
  /** Each a guard and some effects, as numbers of those of the features. */
  readonly actions: readonly { readonly guard: number; readonly effects: readonly number[] }[];
  readonly claims: readonly number[];
  readonly crashes: number;
}

const randomModel: fc.Arbitrary<RandomModel> = fc.record({
  nodes: fc.integer({ min: 2, max: 3 }),
  values: fc.constantFrom(["a"], ["a", "b"]),
  features: fc.uniqueArray(fc.constantFrom(...Object.keys(FEATURES)), { minLength: 1, maxLength: 3 }),
  actions: fc.array(
    fc.record({ guard: fc.nat(99), effects: fc.array(fc.nat(99), { minLength: 1, maxLength: 2 }) }),
    { minLength: 1, maxLength: 4 },
  ),
  claims: fc.array(fc.nat(99), { minLength: 1, maxLength: 2 }),
  crashes: fc.integer({ min: 0, max: 1 }),
});

/** Instances of random models in which all nodes are alike, and all values. */
export const symmetricInstance: fc.Arbitrary<Instance> = randomModel.map(build);

function build({ nodes, values, features, actions, claims, crashes }: RandomModel): Instance {
  const all = fieldsOf(nodes, values);
  const chosen = Object.fromEntries(features.map((name) => [name, all[name as keyof typeof all]]));
  const parts = features.map((name) => FEATURES[name]!);
  const guards = parts.flatMap((part) => part.guards);
  const effects = parts.flatMap((part) => part.effects);
  const tests = parts.flatMap((part) => part.claims);
  const pick = <T>(from: readonly T[], number: number): T => from[number % from.length]!;
  const id = node(nodes);
  const parameters = { at: id, other: id, value: interchangeable(...values) };
  const random = model({
    name: "random",
    about: "a random model",
    bounds: {},
    system: () =>
      system(chosen as Record<never, never>, ({ action, fault, always, atEnd, sometimes, step }) => ({
        actions: Object.fromEntries(
          actions.map(({ guard, effects: numbers }, i) => [
            `act${i}`,
            action(parameters, (s, choice) => {
              if (!pick(guards, guard)(s, choice)) return false;
              for (const number of numbers) pick(effects, number)(s, choice);
            }),
          ]),
        ),
        faults: {
          crash: fault(parameters, (s, choice) => pick(effects, actions[0]!.guard)(s, choice), {
            budget: crashes,
          }),
        },
        properties: {
          claim: always((s) => pick(tests, claims[0]!)(s, nodes)),
          ends: atEnd((s) => pick(tests, claims.at(-1)! + 1)(s, nodes)),
          reached: sometimes((s) => !pick(tests, claims[0]! + 1)(s, nodes)),
          stays: step(
            (before, after) =>
              pick(tests, claims.at(-1)!)(after, nodes) || !pick(tests, claims.at(-1)!)(before, nodes),
          ),
        },
      })),
  });
  return instantiate(random);
}
