/** A trace as a file: all that is needed to read it without its model, and to run it again with it. */

import type { CacheTree, Property } from "../model/property.ts";
import type { PrintedField } from "../schema/fields.ts";
import type { Shape } from "../schema/shape.ts";
import type { FirstState, Trace, TraceState, TraceStep } from "../verdict/run.ts";

export const TRACE_FORMAT = "muchado-trace";
export const TRACE_VERSION = 1;

/** Plain data: what JSON can hold, so that a document is the same in every encoding. */
export interface TraceDocument {
  readonly format: typeof TRACE_FORMAT;
  readonly version: typeof TRACE_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  /** The model as it was named: a name of the catalog, or a file, with what follows the colon. */
  readonly target: string;
  readonly bounds: { readonly [name: string]: number };
  /** How often each fault may occur. */
  readonly faults: { readonly [name: string]: number };
  /** Where the trace comes from a random run. */
  readonly seed: number | null;
  readonly property: {
    readonly name: string;
    readonly kind: Property<unknown>["kind"];
    /** A witness of a `sometimes` property `holds`. */
    readonly verdict: "violated" | "holds";
    /** What is wrong, in a sentence; `null` for a witness. */
    readonly why: string | null;
  };
  /** The command that finds the trace again. */
  readonly repeat: string;
  /** The printed names of all nodes that the state knows of, in its order; a trace may name others. */
  readonly nodes: readonly string[];
  /** What a state is made of: how to read `state`. */
  readonly shape: Shape;
  readonly trace: DocumentedTrace;
}

export interface DocumentedTrace extends Trace {
  readonly first: DocumentedState & FirstState;
  readonly steps: readonly DocumentedStep[];
}

/** A state with what tables and drawings show of it. */
export interface DocumentedState extends TraceState {
  /** The fields as printed: all of the first state, and of the others those that are not as they were before. */
  readonly fields: readonly PrintedField[];
  /** The abstract state as a tree, where the property has one. */
  readonly tree: CacheTree | null;
}

/** A step with what a diagram of nodes and messages shows of it. */
export interface DocumentedStep extends TraceStep, DocumentedState {
  readonly isFault: boolean;
  /** The nodes that took the step, by their printed names; the first owns the action's name in diagrams. */
  readonly nodes: readonly string[];
  readonly transfers: readonly Transfer[];
}

/** What a step did to one message of one network. */
export interface Transfer {
  readonly kind: "sent" | "received" | "lost" | "duplicated";
  /** The field that holds the network. */
  readonly network: string;
  /** As printed: `prepare{ballot: 1}`. */
  readonly message: string;
  /** The same number for a message's sending, its copies and all its receipts. */
  readonly id: number;
  /** The node at this end, if the model tells. */
  readonly node: string | null;
}
