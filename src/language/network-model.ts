/** A theorem whose objects are clusters of a protocol: its clients and the protocol's own steps in one system. */

import { embedded } from "../model/embed.ts";
import type { AdoImplementation } from "../model/implementation.ts";
import {
  type Action,
  type Bound,
  BoundsError,
  type Model,
  type System,
  system,
  type Vocabulary,
} from "../model/model.ts";
import { interned, range, record } from "../schema/schema.ts";
import { propertiesOf } from "./claim.ts";
import { clientsOf } from "./client.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import { emptyLedger, type Ledger, printLedger, replay } from "./ledger.ts";
import { type NetworkDraft, type NetworkKind, NetworkMoves, type Site } from "./network-moves.ts";
import { Observer } from "./observer.ts";
import { printState } from "./print-state.ts";
import { actionsOf, isUsed, kindsIn, product } from "./workload.ts";

type Protocol = NonNullable<CompiledTheorem["protocol"]>;
type Actions = { [name: string]: Action<NetworkDraft> };

/** The bounds of a protocol, with those that a theorem gives as defaults. */
export function protocolBounds({ bounds }: Protocol, implementation: AdoImplementation): Model["bounds"] {
  return Object.fromEntries(
    Object.entries(implementation.bounds).map(([bound, known]): [string, Bound] => [
      bound,
      { ...known, default: bounds.get(bound) ?? known.default },
    ]),
  );
}

/** The system of a theorem over a protocol at given bounds.  @throws BoundsError for what makes no sense there */
export function networkSystem(
  theorem: CompiledTheorem,
  implementation: AdoImplementation,
  bounds: { readonly [bound: string]: number },
): System<unknown> {
  const { application, claim } = theorem;
  refuse(theorem, implementation);
  const clients = clientsOf(theorem);
  const sites: Site[] = application.objects.map((object) => ({
    ...object,
    cluster: clusterOf(theorem, implementation, bounds),
  }));
  const observer = claim.kind === "implements" ? new Observer(claim.specification) : undefined;
  const moves = new NetworkMoves(theorem, { clients, sites, observer });
  const starts = product(application.objects.map(({ type }) => type.initialStates)).map((states) =>
    states.map((state) => emptyLedger(state)),
  );
  const fields = {
    objects: record(Object.fromEntries(sites.map(({ name, cluster }) => [name, cluster.state]))),
    ledgers: record(
      Object.fromEntries(
        sites.map(({ name, type }, i) => [
          name,
          interned(starts[0]![i]!, { print: (ledger: Ledger) => printLedger(type, ledger) }),
        ]),
      ),
    ),
    clients: record(
      Object.fromEntries(
        clients.map((client) => [
          `c${client.me}`,
          interned(client.first, { print: (state) => client.print(state) }),
        ]),
      ),
    ),
    ...(observer !== undefined && {
      seen: interned(observer.first, { print: (seen) => observer.print(seen) }),
    }),
  };

  return system(fields, (untyped) => {
    const words = untyped as unknown as Vocabulary<NetworkDraft>;
    const { action, fault, chosen } = words;
    const move = (...kinds: NetworkKind[]) => ({
      move: chosen(
        (s) => moves.of(kinds, s),
        ({ text }) => text,
      ),
    });
    const step = (...kinds: NetworkKind[]) =>
      action(move(...kinds), (s, choice) => moves.take(s, choice.move));
    const { fails, lost, crashes } = theorem.bounds;
    const kinds = kindsIn(theorem).flatMap((kind): NetworkKind[] =>
      kind === "push" ? ["push", "answer"] : [kind],
    );
    const start = {
      start: chosen(
        () => starts,
        (ledgers) => ledgers.map(({ first }, i) => printState(sites[i]!.type.fields, first)).join("; "),
      ),
    };
    return {
      init: action(start, (s, choice) => {
        for (const [i, { name }] of sites.entries()) s.ledgers[name] = choice.start[i]!;
      }),
      actions: { ...actionsOf(theorem, kinds, step), ...protocolActions(theorem, sites, moves) },
      faults: {
        crash: fault({ client: range(1, clients.length) }, (s, { client }) => moves.crashes(s, client - 1), {
          budget: crashes,
        }),
        // Who waits in vain cannot tell whether the push was lost or only its answer.
        ...(fails !== undefined && {
          fails: fault(move("pullFails", "pushFails"), (s, choice) => moves.take(s, choice.move), {
            budget: fails + lost,
          }),
        }),
      },
      properties: propertiesOf(
        theorem,
        {
          committed(s, object) {
            const { name, type, cluster } = sites[object]!;
            const done = replay(type, s.ledgers[name]!, cluster.committed(s.objects[name]));
            if (done.kind === "fault") throw new Error(`${name}: ${done.message}`);
            return done.state;
          },
          returns: () => true,
        },
        words,
      ),
    };
  }) as System<unknown>;
}

/** @throws BoundsError where there is no such cluster for so many clients */
function clusterOf(
  { name, bounds: { clients } }: CompiledTheorem,
  implementation: AdoImplementation,
  bounds: { readonly [bound: string]: number },
) {
  try {
    return implementation.cluster(bounds, clients);
  } catch (error) {
    throw error instanceof BoundsError ? new BoundsError(`${name}: over ${error.message}`) : error;
  }
}

/** @throws BoundsError for a theorem that makes no sense over the protocol */
function refuse(
  { name, claim, protocol, bounds }: CompiledTheorem,
  { name: over, bounds: known }: AdoImplementation,
): void {
  const where = `${name}: over ${over}`;
  const its = `its bounds: ${Object.keys(known).join(", ")}`;
  for (const [bound, value] of protocol!.bounds) {
    const range = Object.hasOwn(known, bound) ? known[bound] : undefined;
    if (range === undefined) throw new BoundsError(`${where}: there is no bound "${bound}"; ${its}`);
    if (value < range.min || value > range.max)
      throw new BoundsError(`${where}: ${bound} = ${value} is not in ${range.min}..${range.max}`);
  }
  if (bounds.times !== undefined)
    throw new BoundsError(`${where}: \`times\` bounds the ADO, and the protocol bounds itself; ${its}`);
  if (claim.kind === "returns") {
    throw new BoundsError(
      `${where}: whether calls can return is a question about the ADO; over a protocol any call may wait for ever`,
    );
  }
}

/** The steps of the clusters, each under the name of its object. */
function protocolActions(theorem: CompiledTheorem, sites: readonly Site[], moves: NetworkMoves): Actions {
  const actions: Actions = {};
  for (const [index, { name, cluster }] of sites.entries()) {
    if (!isUsed(theorem, index)) continue;
    const path = ["objects", name];
    for (const [what, step] of Object.entries(cluster.network))
      actions[`${name}.${what}`] = embedded(step, path);
    for (const [what, election] of Object.entries(cluster.elections)) {
      const { parameters, body } = embedded(election, path);
      actions[`${name}.${what}`] = {
        parameters,
        body: (s, choice) => moves.wins(s, index, election.winner(choice), () => body(s, choice)),
      };
    }
  }
  return actions;
}
