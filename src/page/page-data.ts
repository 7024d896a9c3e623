/** What a page is given when it is written, and what the explorer answers later: plain data, the contract of both sides. */

import type { DocumentedTrace, TraceDocument } from "../trace/trace-document.ts";

/** The element that holds the data of a page, as JSON. */
export const DATA_ID = "muchado-data";

/** Traces to look at, the first of them first; where there are none, what is said of the runs. */
export interface TracePage {
  readonly traces: readonly TraceDocument[];
  readonly answer: string;
}

/** A model to walk through. */
export interface ExplorerPage extends Pick<TraceDocument, "tool" | "target" | "bounds" | "faults"> {
  readonly about: string;
  /** The properties that can be watched. */
  readonly properties: readonly string[];
  /** The one to watch at first; empty for none. */
  readonly watched: string;
}

/**
 * A way from a first state, as numbers: which first state, then which of the enabled steps, each time. The order of
 * both is a contract of the engine, so a way means the same again as long as the model is the same.
 */
export type Way = readonly number[];

/** What a property says of a step and of the state it leads to. */
export interface Mark {
  /** `plain` where something that should happen sometimes has not. */
  readonly tone: "good" | "bad" | "plain";
  readonly text: string;
}

/** The story of a way. */
export interface WayStory extends DocumentedTrace {
  readonly nodes: readonly string[];
  /** One for each state, where a property is watched. */
  readonly marks: readonly Mark[];
  /** How many first states there are. */
  readonly firstStates: number;
}

/** An enabled step. */
export interface Move {
  readonly label: string;
  readonly action: string;
  readonly isFault: boolean;
  readonly changes: readonly string[];
  /** What the watched property would say of it. */
  readonly mark: Mark | null;
}

/** What can be done in a state. */
export interface Enabled {
  readonly moves: readonly Move[];
  /** What an action threw here, whose steps end there; `null` if none did. */
  readonly fault: string | null;
}

/** A trace found again in the model: as far as it goes. */
export interface Retraced {
  readonly way: Way;
  /** Why it goes no further, or leads elsewhere; `null` if all of it is there. */
  readonly remark: string | null;
}
