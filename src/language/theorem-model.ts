import type { Method } from "../ado/ado-r.ts";
import { type Condensed, untouched } from "../ado/condensed.ts";
import {
  type Bound,
  BoundsError,
  type Model,
  model,
  type System,
  system,
  type Vocabulary,
} from "../model/model.ts";
import { byNode, interned, record } from "../schema/schema.ts";
import type { Kind } from "./attempts.ts";
import { claimText, type Draft, propertiesOf } from "./claim.ts";
import { Client } from "./client.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import type { CompiledAdo } from "./flow.ts";
import { type Cells, type Move, Moves } from "./moves.ts";
import { mayEndAtOnce } from "./ownership.ts";
import { printObject } from "./print-state.ts";

/** The system that a theorem speaks of, at the bounds that it gives. */
export function theoremModel(theorem: CompiledTheorem): Model {
  const { bounds, application, workloads, protocol } = theorem;
  const fixed = (value: number, about: string): Bound => ({ default: value, min: value, max: value, about });
  const calls = Math.max(...workloads.map(({ length }) => length));
  const about = claimText(theorem);
  return model({
    name: theorem.name,
    about,
    ...(theorem.expected === "holds" ? { theorem: about } : { expected: "violated" }),
    bounds: {
      clients: fixed(bounds.clients, "clients"),
      calls: fixed(calls, "calls of a client"),
      times: {
        default: bounds.times ?? 1,
        min: 1,
        max: 16,
        about: `logical times of each object of ${application.name}`,
      },
    },
    system({ times }) {
      if (protocol === undefined) return systemOf(theorem, times!);
      throw new BoundsError(
        `${theorem.name}: \`over ${protocol.name}\` cannot be checked yet; without it, the theorem is about the ADO itself`,
      );
    },
  });
}

function systemOf(theorem: CompiledTheorem, times: number): System<unknown> {
  const { application, bounds, claim } = theorem;
  const isHistory = claim.kind === "implements";
  const clients = theorem.workloads.map(
    (_, i) => new Client(theorem, { me: i + 1, beginsLate: isHistory, keepsVariables: !isHistory }),
  );
  const moves = new Moves(theorem, clients);
  const starts = product(application.objects.map(({ type }) => type.initialStates));
  const firstObjects = starts.map((states) => states.map((state) => untouched(state as Method, times)));

  const objectTypes = new Map(
    application.objects.map(({ type }, i) => [type, objectType(type, firstObjects[0]![i]!)]),
  );
  const clientNames = clients.map(({ me }) => `c${me}`);
  const clientTypes = clients.map((client) =>
    interned(client.first, { print: (state) => client.print(state) }),
  );
  const { observer } = moves;
  const fields = {
    objects: record(
      Object.fromEntries(application.objects.map(({ name, type }) => [name, objectTypes.get(type)!])),
    ),
    clients: byNode(Object.fromEntries(clientNames.map((name, i) => [name, clientTypes[i]!]))),
    ...(observer !== undefined && {
      seen: interned(observer.first, { print: (seen) => observer.print(seen) }),
    }),
  };
  const objectNames = application.objects.map(({ name }) => name);
  const cellsOf = (s: Draft): Cells => ({
    objects: objectNames.map((name) => s.objects[name]!),
    clients: clientNames.map((name) => s.clients[name]!),
    ...(s.seen !== undefined && { seen: s.seen }),
  });
  const take = (s: Draft, { objects, client: [index, after], seen, broken }: Move): void => {
    if (broken !== undefined) throw new Error(broken);
    for (const [i, object] of objects) s.objects[objectNames[i]!] = object;
    s.clients[clientNames[index]!] = after;
    if (seen !== undefined) s.seen = seen;
  };

  return system(fields, (words) => {
    const { action, fault, chosen } = words as unknown as Vocabulary<Draft>;
    const move = (find: (cells: Cells) => readonly Move[]) => ({
      move: chosen(
        (s) => find(cellsOf(s)),
        ({ text }) => text,
      ),
    });
    const step = (kind: Kind) =>
      action(
        move((cells) => moves.of(kind, cells)),
        (s, choice) => take(s, choice.move),
      );
    const failure = (kind: Kind, budget: number) =>
      fault(
        move((cells) => moves.of(kind, cells)),
        (s, choice) => take(s, choice.move),
        { budget },
      );
    const start = {
      start: chosen(
        () => firstObjects,
        (objects) =>
          objects.map((object, i) => printObject(application.objects[i]!.type.fields, object)).join(", "),
      ),
    };
    return {
      init: action(start, (s, choice) => {
        for (const [i, name] of objectNames.entries()) s.objects[name] = choice.start[i]!;
      }),
      actions: Object.fromEntries(kindsIn(theorem).map((kind) => [kind, step(kind)])),
      faults: {
        crash: fault(
          move((cells) => moves.crashes(cells)),
          (s, choice) => take(s, choice.move),
          {
            budget: bounds.crashes,
          },
        ),
        lost: failure("lost", bounds.lost),
        ...(bounds.fails !== undefined && { fails: failure("fails", bounds.fails) }),
      },
      properties: propertiesOf(theorem, moves, cellsOf, words as unknown as Vocabulary<Draft>),
    };
  }) as System<unknown>;
}

/** Objects of one type share their dictionary. */
function objectType({ fields }: CompiledAdo, first: Condensed) {
  return interned(first, { print: (object) => printObject(fields, object) });
}

/** The sorts of steps that the procedures of the workload have. */
function kindsIn({ application, workloads, bounds, claim }: CompiledTheorem): Kind[] {
  const codeOf = (procedure: string) => application.procedures.get(procedure)!;
  const codes = workloads.flat(2).map(({ procedure }) => codeOf(procedure));
  const has = (kind: string) =>
    codes.some((code) => code.instructions.some((instruction) => instruction.kind === kind));
  const isCounted = bounds.fails !== undefined;
  const endsAtOnce = workloads.some((steps, i) =>
    steps.flat().some((call) => mayEndAtOnce(codeOf(call.procedure), call.arguments, i + 1)),
  );
  const calls = claim.kind !== "implements" || endsAtOnce;
  return [
    ...(calls ? (["call"] as const) : []),
    ...(has("pull") ? (["pull"] as const) : []),
    ...(has("pull") && !isCounted ? (["pullFails"] as const) : []),
    ...(has("invoke") ? (["invoke"] as const) : []),
    ...(has("push") ? (["push"] as const) : []),
    ...(has("push") && !isCounted ? (["pushFails"] as const) : []),
  ];
}

/** One of each list, in every way. */
function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((some) => list.map((one) => [...some, one])), [[]]);
}
