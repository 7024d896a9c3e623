/** From a finding of a run to the document of its trace. */

import type { Instance, Transition } from "../model/instance.ts";
import { draftOf } from "../model/plain.ts";
import type { CacheTree, Property } from "../model/property.ts";
import { changedFields, printedFields } from "../schema/fields.ts";
import { shapeOf } from "../schema/shape.ts";
import type { AnyType } from "../schema/type.ts";
import type { PropertyResult, Trace } from "../verdict/run.ts";
import { actingNodes, nodesOf } from "./acting-nodes.ts";
import { type Mailbox, mailboxesOf } from "./networks.ts";
import { type DocumentedStep, TRACE_FORMAT, TRACE_VERSION, type TraceDocument } from "./trace-document.ts";
import { Transfers } from "./transfers.ts";
import { watchedDraft } from "./watched-draft.ts";

/** A property with the trace that violates it, or that shows what should be seen sometimes. */
export interface Finding extends Pick<PropertyResult, "name" | "kind" | "why"> {
  readonly verdict: "violated" | "holds";
  readonly trace: Trace;
}

/** Where a trace comes from. */
export interface Origin extends Pick<TraceDocument, "tool" | "target" | "repeat"> {
  /** Of a random run. */
  readonly seed?: number;
}

/** The results of a run that have a trace: at most one for each property. */
export function findingsOf(results: readonly PropertyResult[]): Finding[] {
  return results.flatMap(({ trace, verdict, ...result }) =>
    trace !== null && (verdict === "violated" || verdict === "holds") ? [{ ...result, verdict, trace }] : [],
  );
}

/** The document of a finding on `instance`; what it holds is plain data. */
export function documentTrace(instance: Instance, finding: Finding, origin: Origin): TraceDocument {
  const { name, kind, verdict, why, trace } = finding;
  const { root, bounds, budgets } = instance;
  const property = propertyNamed(instance, name);
  const treeOf = (state: object): CacheTree | null =>
    (property?.kind === "refines" &&
      property.specification.tree?.(property.view(draftOf(instance, { state })))) ||
    null;
  const messenger = new Messenger(instance, trace.first.state);
  let before = trace.first.state;
  const first = { ...trace.first, fields: printedFields(root, before), tree: treeOf(before) };
  const steps = trace.steps.map((step): DocumentedStep => {
    const fields = changedFields(root, before, step.state);
    const passage = messenger.passage(step.action, step.choice, before, step.state);
    before = step.state;
    return { ...step, fields, tree: treeOf(before), ...passage };
  });
  const document: TraceDocument = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    tool: origin.tool,
    target: origin.target,
    bounds,
    faults: budgets,
    seed: origin.seed ?? null,
    property: { name, kind, verdict, why },
    repeat: origin.repeat,
    nodes: nodesOf(root),
    shape: shapeOf(root),
    trace: { first, steps },
  };
  return JSON.parse(JSON.stringify(document)) as TraceDocument;
}

/** The property of that name, or for `name/event` the refinement whose event is to be seen. */
export function propertyNamed({ properties }: Instance, name: string): Property<unknown> | undefined {
  const named = (wanted: string) => properties.find(([known]) => known === wanted)?.[1];
  return named(name) ?? named(name.slice(0, Math.max(0, name.lastIndexOf("/"))));
}

/** Tells who takes each step of a trace and what it does to messages, step after step. */
class Messenger {
  readonly #instance: Instance;
  readonly #mailboxes: readonly Mailbox[];
  readonly #transfers: Transfers;
  /** Mailboxes that some action takes a message from as its parameter; looking something up there is no receipt. */
  readonly #delivered: ReadonlySet<AnyType>;

  constructor(instance: Instance, first: object) {
    this.#instance = instance;
    this.#mailboxes = mailboxesOf(instance.root);
    this.#transfers = new Transfers(this.#mailboxes, first);
    const drawn = instance.transitions.flatMap(({ parameters }) =>
      parameters.flatMap(([, { within }]) => (within === undefined ? [] : [within])),
    );
    this.#delivered = new Set(drawn);
  }

  passage(
    action: string,
    choice: DocumentedStep["choice"],
    before: object,
    after: object,
  ): Pick<DocumentedStep, "isFault" | "nodes" | "transfers"> {
    const transition = this.#instance.transitions.find(({ name }) => name === action)!;
    const isFault = transition.budget !== undefined;
    const nodes = actingNodes(this.#instance.root, transition, choice, [before, after]);
    const found = this.#lookedUp(transition, choice, before);
    const transfers = this.#transfers.of({
      before,
      after,
      isFault,
      node: nodes[0] ?? null,
      taken: (mailbox) => [
        ...(mailbox.kind === "channel" ? [] : parametersFrom(mailbox, transition, choice)),
        ...(found.get(mailbox.within) ?? []).map(mailbox.print),
      ],
    });
    return { isFault, nodes, transfers };
  }

  /** Messages that a body looks up by itself, where no action has them as a parameter: by their mailbox. */
  #lookedUp({ body }: Transition, choice: DocumentedStep["choice"], state: object): Map<AnyType, unknown[]> {
    const found = new Map<AnyType, unknown[]>();
    if (this.#mailboxes.every(({ within }) => this.#delivered.has(within))) return found;
    const draft = watchedDraft(
      this.#instance,
      { state },
      {
        found: (set, element) => {
          if (!this.#delivered.has(set)) found.set(set, [...(found.get(set) ?? []), element]);
        },
      },
    );
    body(draft, choice);
    return found;
  }
}

function parametersFrom(
  { within, print }: Mailbox,
  { parameters }: Transition,
  choice: DocumentedStep["choice"],
): string[] {
  return parameters.flatMap(([name, domain]) => (domain.within === within ? [print(choice[name])] : []));
}
