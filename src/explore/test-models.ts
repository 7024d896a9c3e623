/** For tests: the models of plans. */

import { type Model, model, system } from "../model/model.ts";
import type { Specification } from "../model/property.ts";
import { asDomain, elementOf } from "../schema/received.ts";
import { array, list, range, set } from "../schema/schema.ts";
import type { AnyType } from "../schema/type.ts";
import type { ActionPlan, FieldPlan, GuardPlan, ModelPlan, TermPlan } from "./test-plans.ts";

type Draft = { [field: string]: unknown };

/** What a field tells as a number. */
function tell({ kind }: FieldPlan, part: unknown): number {
  switch (kind) {
    case "number":
      return part as number;
    case "set":
      return (part as { size: number }).size + ((part as { has(n: number): boolean }).has(0) ? 2 : 0);
    case "pair":
      return (part as { get(i: number): number }).get(0) + 2 * (part as { get(i: number): number }).get(1);
    case "queue":
      return (part as { values(): number[] }).values().reduce((sum, item) => 2 * sum + item, 1);
    default:
      return kind satisfies never;
  }
}

/** Changes a field by a number. */
function change({ kind, size }: FieldPlan, state: Draft, name: string, by: number): void {
  const value = by % size;
  switch (kind) {
    case "number":
      state[name] = value;
      return;
    case "set": {
      const part = state[name] as { has(n: number): boolean; add(n: number): void; delete(n: number): void };
      if (part.has(value)) part.delete(value);
      else part.add(value);
      return;
    }
    case "pair":
      (state[name] as { set(i: number, n: number): void }).set(by % 2, value);
      return;
    case "queue": {
      const part = state[name] as { length: number; push(n: number): void; shift(): number };
      if (part.length === 2) part.shift();
      part.push(value);
      return;
    }
    default:
      kind satisfies never;
  }
}

function typeOf({ kind, size }: FieldPlan): AnyType {
  const number = range(0, size - 1);
  switch (kind) {
    case "number":
      return number;
    case "set":
      return set(number);
    case "pair":
      return array(2, number);
    case "queue":
      return list(number, 2);
    default:
      return kind satisfies never;
  }
}

function termOf(plan: ModelPlan, state: Draft, { field, plus }: TermPlan, parameter: number): number {
  return plus + (field === undefined ? parameter : tell(plan.fields[field]!, state[`f${field}`]));
}

/** Whether all guards hold, which is found out one after another. */
export function holds(plan: ModelPlan, guards: readonly GuardPlan[], state: unknown, parameter = 0): boolean {
  return guards.every(
    ({ term, remainder, is }) => (termOf(plan, state as Draft, term, parameter) % 3 === remainder) === is,
  );
}

/** Says that the view goes up and down, but never by two. */
export const noLeaps: Specification<number> = {
  initial: (view) => (view > 3 ? "too high" : undefined),
  explain: (before, after) =>
    Math.abs(after - before) === 2 ? { why: "a leap" } : { events: [after > before ? "up" : "down"] },
  events: ["up", "down"],
  print: (view) => [String(view)],
};

/** What the first field tells and, where that is odd, the second one besides. */
export function view({ fields }: ModelPlan, state: unknown): number {
  const first = tell(fields[0]!, (state as Draft).f0);
  return first % 2 === 1 ? first + tell(fields[1]!, (state as Draft).f1) : first;
}

function parametersOf({ parameter }: ActionPlan, sets: readonly AnyType[]) {
  if (parameter === "none") return {};
  const drawn = parameter === "number" ? undefined : sets[parameter % sets.length];
  return { parameter: drawn === undefined ? asDomain(range(0, 1)) : elementOf(drawn as never) };
}

/** A body that guards first and is a function of the state and its parameter. */
function bodyOf(plan: ModelPlan, { guards, writes }: ActionPlan) {
  return (state: object, choice: { readonly parameter?: unknown }): boolean => {
    const parameter = (choice.parameter ?? 0) as number;
    if (!holds(plan, guards, state, parameter)) return false;
    for (const { field, term } of writes) {
      change(plan.fields[field]!, state as Draft, `f${field}`, termOf(plan, state as Draft, term, parameter));
    }
    return true;
  };
}

/** The model of a plan. */
export function planned(plan: ModelPlan): Model {
  const types = plan.fields.map(typeOf);
  const sets = types.filter((_, i) => plan.fields[i]!.kind === "set");
  const padding = plan.isPadded ? { padding: array(3, range(0, 2 ** 20)) } : {};
  const fields = { ...Object.fromEntries(types.map((type, i) => [`f${i}`, type])), ...padding };
  const isBad = (state: unknown): boolean => holds(plan, plan.bad, state);
  return model({
    name: "planned",
    about: "made up by a test",
    bounds: {},
    system: () =>
      system(fields, ({ action, fault, always, atEnd, sometimes, step, refines }) => {
        const init = (state: object, { first }: { readonly first: number }): void =>
          change(plan.fields[0]!, state as Draft, "f0", first);
        const named = plan.actions.map((each, i) => [`a${i}`, each] as const);
        const actions = named.map(([name, each]) => [
          name,
          each.budget === undefined && action(parametersOf(each, sets), bodyOf(plan, each)),
        ]);
        const faults = named.map(([name, each]) => [
          name,
          each.budget !== undefined &&
            fault(parametersOf(each, sets), bodyOf(plan, each), { budget: each.budget }),
        ]);
        return {
          init: action({ first: range(0, plan.firsts - 1) }, init),
          actions: Object.fromEntries(actions.filter(([, made]) => made)),
          faults: Object.fromEntries(faults.filter(([, made]) => made)),
          properties: {
            good: always((s) => !isBad(s)),
            bad: sometimes(isBad),
            left: step((before, after) => !isBad(before) || view(plan, before) !== view(plan, after)),
            follows: refines(noLeaps, (s) => view(plan, s)),
          },
          extraProperties: { ends: atEnd((s) => !isBad(s)) },
        };
      }),
  });
}
