import { describe, expect, it } from "vitest";
import {
  type Ado21,
  EMPTY,
  extend,
  invoke,
  methodsUpTo,
  nextOf,
  openTimes,
  parentOf,
  places,
  preempt,
  pull,
  push,
  pushable,
  timeOf,
} from "./ado-21.ts";
import {
  type Condensed,
  condense,
  countOf,
  invokes,
  preempted,
  pulls,
  pushes,
  stateForNext,
  untouched,
} from "./condensed.ts";

/** A register: a write answers what it overwrites, so that answers tell branches apart. */
const methods = ["write 1", "write 2", "read"];
const run = (state: number, method: unknown): readonly [state: number, answer: number] =>
  method === "read" ? [state, state + 10] : [Number(String(method).slice(-1)), state];
const stateAfter = (done: readonly unknown[]): number =>
  done.reduce<number>((state, method) => run(state, method)[0], 0);

interface Bounds {
  readonly clients: number;
  readonly times: number;
  readonly methods: number;
}

/** What somebody does and sees, and what comes of it. */
type Step<S> = readonly [label: string, after: S];

function rawSteps(ado: Ado21, bounds: Bounds): Step<Ado21>[] {
  return Array.from({ length: bounds.clients }, (_, i) => i + 1).flatMap((client) => {
    const steps: Step<Ado21>[] = [
      [`${client} pull FAIL`, ado],
      [`${client} push FAIL`, ado],
    ];
    for (const time of openTimes(ado, bounds.times)) {
      for (const at of places(ado)) {
        const after = pull(ado, client, time, at);
        if (after) steps.push([`${client} pull ${stateAfter(methodsUpTo(ado, at))}`, after]);
      }
    }
    const next = (ado.owners.at(-1)?.[0] ?? 0) + 1;
    const stripped = next <= bounds.times ? preempt(ado, next) : undefined;
    if (stripped) steps.push([`${client} pull FAIL`, stripped]);
    for (const method of methods) {
      const id = nextOf(ado, client);
      const own = id === undefined ? "" : extend("", client, timeOf(id));
      const all = [...ado.persist, ...ado.tree];
      const count = all.filter((cache) => cache.id === own || cache.id.endsWith(`/${own}`)).length;
      const after = count < bounds.methods ? invoke(ado, client, method) : undefined;
      if (after === undefined) steps.push([`${client} ${method} FAIL`, ado]);
      else {
        const [, answer] = run(stateAfter(methodsUpTo(ado, parentOf(id!))), method);
        steps.push([`${client} ${method} = ${answer}`, after]);
      }
    }
    for (const at of pushable(ado, client)) {
      const done = methodsUpTo(ado, at);
      const [, answer] = run(stateAfter(done.slice(0, -1)), done.at(-1));
      steps.push([`${client} push ${answer}`, push(ado, client, at)!]);
    }
    return steps;
  });
}

function condensedSteps(object: Condensed, bounds: Bounds): Step<Condensed>[] {
  return Array.from({ length: bounds.clients }, (_, i) => i + 1).flatMap((client) => {
    const keep = (after: Condensed) => condense(after, client, "invoke");
    const steps: Step<Condensed>[] = [
      [`${client} pull FAIL`, object],
      [`${client} push FAIL`, object],
    ];
    for (const { after, seen } of pulls(object, client)) steps.push([`${client} pull ${seen}`, keep(after)]);
    const stripped = preempted(object);
    if (stripped) steps.push([`${client} pull FAIL`, condense(stripped, client, "invoke")]);
    for (const method of methods) {
      const state = countOf(object, client) < bounds.methods ? stateForNext(object, client) : undefined;
      if (state === undefined) steps.push([`${client} ${method} FAIL`, object]);
      else {
        const [after, answer] = run(state as number, method);
        steps.push([`${client} ${method} = ${answer}`, keep(invokes(object, client, after, answer, true))]);
      }
    }
    for (const { after, seen } of pushes(object, client)) steps.push([`${client} push ${seen}`, keep(after)]);
    return steps;
  });
}

/** All states from `first` on, each with its steps by label and number of the state they lead to. */
function explore<S>(first: S, stepsOf: (state: S) => Step<S>[]): (readonly [label: string, to: number])[][] {
  const numbers = new Map([[JSON.stringify(first), 0]]);
  const states = [first];
  const graph: (readonly [string, number])[][] = [];
  for (let i = 0; i < states.length; i++) {
    const steps = stepsOf(states[i]!).map(([label, after]) => {
      const text = JSON.stringify(after);
      if (!numbers.has(text)) numbers.set(text, states.push(after) - 1);
      return [label, numbers.get(text)!] as const;
    });
    graph.push(steps);
  }
  return graph;
}

/** The coarsest partition of the states into classes that do the same: a class for each state. */
function bisimulation(graph: readonly (readonly (readonly [string, number])[])[]): number[] {
  let classes = graph.map(() => 0);
  for (let count = 0; ; ) {
    const numbers = new Map<string, number>();
    classes = graph.map((steps, i) => {
      const does = new Set(steps.map(([label, to]) => `${label} → ${classes[to]}`));
      const text = `${classes[i]} ${[...does].sort()}`;
      if (!numbers.has(text)) numbers.set(text, numbers.size);
      return numbers.get(text)!;
    });
    if (numbers.size === count) return classes;
    count = numbers.size;
  }
}

describe("a condensed object", () => {
  it.each([
    { clients: 1, times: 2, methods: 2 },
    { clients: 1, times: 4, methods: 1 },
    { clients: 2, times: 2, methods: 1 },
    { clients: 2, times: 3, methods: 1 },
    { clients: 3, times: 2, methods: 1 },
  ])(
    "cannot be told from the whole one by $clients clients at $times times with $methods methods",
    (bounds) => {
      const raw = explore(EMPTY, (ado) => rawSteps(ado, bounds));
      const condensed = explore(untouched(0, bounds.times), (object) => condensedSteps(object, bounds));
      expect(condensed.length).toBeLessThan(raw.length);
      const union = [
        ...raw,
        ...condensed.map((steps) => steps.map(([label, to]) => [label, to + raw.length] as const)),
      ];
      const classes = bisimulation(union);
      expect(classes[raw.length]).toBe(classes[0]);
    },
  );

  it("is one with others that were reached in other ways", () => {
    const [first] = pulls(untouched(0, 3), 1);
    const owned = condense(first!.after, 1, "invoke");
    const written = condense(invokes(owned, 1, 1, 0, false), 1, "push");
    const [pushed] = pushes(written, 1);
    expect(condense(pushed!.after, 1, "push")).toEqual(untouched(1, 2));
  });
});
