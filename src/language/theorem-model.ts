import type { Method } from "../ado/ado-r.ts";
import { type Condensed, renameClients, untouched } from "../ado/condensed.ts";
import type { Over } from "../model/implementation.ts";
import {
  type Bound,
  BoundsError,
  type Model,
  model,
  type System,
  system,
  type Vocabulary,
} from "../model/model.ts";
import { byNode, interned, node, record } from "../schema/schema.ts";
import type { NodeType } from "../schema/values.ts";
import { accessTo } from "./access.ts";
import { MOST_TIMES } from "./ast.ts";
import type { Kind } from "./attempts.ts";
import { type Observed, type Outlook, propertiesOf } from "./claim.ts";
import { type Client, clientsOf } from "./client.ts";
import type { Restate } from "./client-names.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import type { CompiledAdo } from "./flow.ts";
import { toleratesLateAnswers } from "./late-answers.ts";
import { type Cells, type Move, Moves } from "./moves.ts";
import { networkSystem, protocolBounds } from "./network-model.ts";
import { printObject } from "./print-state.ts";
import { Returning } from "./returning.ts";
import type { Value } from "./values.ts";
import { actionsOf, kindsIn, product } from "./workload.ts";

/** What bodies and properties hold of a state: each part is read and replaced whole. */
interface Draft extends Observed {
  readonly objects: { [name: string]: Condensed };
}

/**
 * The system that a theorem speaks of, at the bounds that it gives. `over` is the protocol that it runs over, if it runs over
 * one and there is such a one; what is wrong with it is said when the system is built.
 */
export function theoremModel(theorem: CompiledTheorem, over?: Over): Model {
  const { bounds, application, workloads, protocol } = theorem;
  const fixed = (value: number, about: string): Bound => ({ default: value, min: value, max: value, about });
  const calls = Math.max(...workloads.map(({ length }) => length));
  const about = theorem.text;
  const common = {
    name: theorem.name,
    about,
    ...(theorem.expected === "holds" ? { theorem: about } : { expected: "violated" as const }),
  };
  const ours: Model["bounds"] = {
    clients: fixed(bounds.clients, "clients"),
    calls: fixed(calls, "calls of a client"),
    ...(bounds.methods !== undefined && {
      methods: fixed(bounds.methods, "methods that a client invokes from one pull to the next"),
    }),
  };
  if (protocol !== undefined) {
    const implementation = over?.kind === "implementation" ? over.implementation : undefined;
    return model({
      ...common,
      bounds: { ...ours, ...(implementation && protocolBounds(protocol, implementation)) },
      system(all) {
        if (implementation === undefined)
          throw new BoundsError(`${theorem.name}: ${refusal(protocol.name, over)}`);
        const { clients: _, calls: __, methods: ___, ...given } = all;
        return networkSystem(theorem, implementation, given);
      },
    });
  }
  return model({
    ...common,
    ...(composes(theorem) && { composes: "program" }),
    get asymmetry() {
      const names = theorem.clientNames();
      return typeof names === "string" ? names : undefined;
    },
    bounds: {
      ...ours,
      times: {
        default: bounds.times ?? 1,
        min: 1,
        max: MOST_TIMES,
        about: `logical times of each object of ${application.name}`,
      },
    },
    system: ({ times }) => systemOf(theorem, times!),
  });
}

/** Whether the theorem holds over every protocol that refines the ADO: a promise that nothing bad happens, come answers late
 *  or not, by a program that does not depend on what a leader says who was deposed. */
function composes({ claim, expected, trustsPushesOnly, application }: CompiledTheorem): boolean {
  if (expected !== "holds" || !trustsPushesOnly) return false;
  switch (claim.kind) {
    case "implements":
      return true;
    case "always":
    case "never":
      return toleratesLateAnswers(
        claim.predicate.term,
        claim.kind === "never",
        application.procedures.values(),
      );
    default:
      return false;
  }
}

/** Why nothing can run over a protocol. */
function refusal(protocol: string, over: Over | undefined): string {
  return over?.kind === "refused"
    ? `nothing runs over ${protocol}: ${over.why}`
    : `there is no protocol called ${protocol} that programs can run over`;
}

function systemOf(theorem: CompiledTheorem, times: number): System<unknown> {
  const { application, bounds } = theorem;
  const clients = clientsOf(theorem);
  const moves = new Moves(theorem, clients);
  const starts = product(application.objects.map(({ type }) => type.initialStates));
  const firstObjects = starts.map((states) => states.map((state) => untouched(state as Method, times)));

  const names = theorem.clientNames();
  const restatesOf = typeof names === "string" ? undefined : names;
  const ids = restatesOf && node(clients.length, "c");
  const objectTypes = new Map(
    application.objects.map(({ name, type }, i) => {
      const restate = restatesOf?.(name);
      return [type, objectType(type, firstObjects[0]![i]!, ids, restate)];
    }),
  );
  const clientNames = clients.map(({ me }) => `c${me}`);
  const clientType = (client: Client) => interned(client.first, { print: (state) => client.print(state) });
  // Clients that are interchangeable print alike.
  const shared = ids && clientType(clients[0]!);
  const clientTypes = clients.map((client) => shared ?? clientType(client));
  const { observer } = moves;
  const fields = {
    objects: record(
      Object.fromEntries(application.objects.map(({ name, type }) => [name, objectTypes.get(type)!])),
    ),
    clients: byNode(Object.fromEntries(clientNames.map((name, i) => [name, clientTypes[i]!])), ids),
    ...(observer !== undefined && {
      seen: interned(observer.first, {
        print: (seen) => observer.print(seen),
        ...(ids && { ids: { of: ids, rename: (seen, image) => observer.renamed(seen, nameIn(image)) } }),
      }),
    }),
  };
  const objectNames = application.objects.map(({ name }) => name);
  const { read, write } = accessTo<Draft>(objectNames, clientNames, observer !== undefined);
  const returning = new Returning(moves);
  const outlook: Outlook<Draft> = {
    committed: (s, object) => s.objects[objectNames[object]!]!.committed as readonly Value[],
    returns: (s) => returning.judge(read(s)),
  };
  const take = (s: Draft, move: Move): void => {
    if (move.broken !== undefined) throw new Error(move.broken);
    write(s, move);
  };

  return system(fields, (words) => {
    const { action, fault, chosen } = words as unknown as Vocabulary<Draft>;
    const move = (find: (cells: Cells) => readonly Move[]) => ({
      move: chosen(
        (s) => find(read(s)),
        ({ text }) => text,
      ),
    });
    const step = (...kinds: Kind[]) =>
      action(
        move((cells) => moves.of(kinds, cells)),
        (s, choice) => take(s, choice.move),
      );
    const failure = (kind: Kind, budget: number) =>
      fault(
        move((cells) => moves.of([kind], cells)),
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
      actions: actionsOf(theorem, kindsIn(theorem), step),
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
      properties: propertiesOf(theorem, outlook, words as unknown as Vocabulary<Draft>),
    };
  }) as System<unknown>;
}

/** Objects of one type share their dictionary. `restate` renames the clients `ids` in its states, if they are interchangeable. */
function objectType(
  { fields }: CompiledAdo,
  first: Condensed,
  ids: NodeType | undefined,
  restate: Restate | undefined,
) {
  const rename = (object: Condensed, image: readonly number[]): Condensed => {
    const nameOf = nameIn(image);
    return renameClients(object, nameOf, (state) => restate!(state as readonly Value[], nameOf) as Method);
  };
  return interned(first, {
    print: (object) => printObject(fields, object),
    ...(ids && { ids: { of: ids, rename } }),
  });
}

/** What each client is called after a renaming of ids, which count from 0; 0 is nobody. */
function nameIn(image: readonly number[]): (client: number) => number {
  return (client) => (client > 0 ? image[client - 1]! + 1 : client);
}
