/** What of a trace is shown: all of it, some steps, one field; with whole states or just what changed. */

import { fieldLine } from "../schema/fields.ts";
import type { DocumentedStep, TraceDocument } from "../trace/trace-document.ts";
import type { Shown } from "./trace-text.ts";
import { treeLines } from "./tree-text.ts";

export interface Selection {
  /** Whether to tell all fields of each state, and not just what changed. */
  readonly isFull: boolean;
  /** A field, or a part of the state that has some; none for all of them. */
  readonly only: string | undefined;
  /** The first and the last step that is shown; 0 is the first state. */
  readonly from: number;
  readonly to: number;
}

/** The states that are selected. One in which the selected field does not change is left out, unless it is the last. */
export function select({ property, trace }: TraceDocument, { isFull, only, from, to }: Selection): Shown[] {
  const { first, steps } = trace;
  const isIn = (text: string): boolean => only === undefined || isPartOf(text, only);
  const fields = new Map<string, string>();
  const all = [first, ...steps].map((state, number): Shown & { readonly hasChange: boolean } => {
    for (const field of state.fields) fields.set(field.path, fieldLine(field));
    const step = number === 0 ? undefined : (state as DocumentedStep);
    const changes = (step?.changes ?? first.chosen ?? []).filter(isIn);
    return {
      number,
      label: step === undefined ? "first state" : deed(step),
      fields: isFull ? wholeState(fields, step === undefined ? [] : changes, isIn) : changes,
      events: step?.events ?? [],
      view: state.tree === null ? state.view : treeLines(state.tree),
      hasChange: number === 0 || changes.length > 0,
      ...(number === steps.length && property.why !== null && { wrong: wrongIn(property, property.why) }),
    };
  });
  return all.filter(
    ({ number, hasChange }) =>
      number >= from && number <= to && (only === undefined || hasChange || number === steps.length),
  );
}

/** The paths of all fields of a state. */
export function pathsOf({ trace }: TraceDocument): string[] {
  return trace.first.fields.map(({ path }) => path);
}

/** Whether what a text begins with, a path, is `whole` or part of it. */
export function isPartOf(text: string, whole: string): boolean {
  return text.startsWith(whole) && /^($|[.[:])/.test(text.slice(whole.length));
}

/** `n1: promise(at: n1)` */
function deed({ label, nodes, isFault }: DocumentedStep): string {
  const [node] = nodes;
  const who = [...(isFault ? ["fault"] : []), ...(node === undefined ? [] : [node])].join(" at ");
  return who === "" ? label : `${who}: ${label}`;
}

/** All fields; those that changed are marked, with what they were, or what changed in them where they are more than that. */
function wholeState(
  fields: ReadonlyMap<string, string>,
  changes: readonly string[],
  isIn: (text: string) => boolean,
): string[] {
  return [...fields].flatMap(([path, whole]) => {
    const own = changes.filter((change) => isPartOf(change, path));
    const text = whole.slice(path.length + ": ".length);
    if (own.length === 0) return isIn(whole) ? [`  ${whole}`] : [];
    const [first] = own;
    const saysAll = own.length === 1 && first!.startsWith(`${path}: `) && first!.endsWith(` → ${text}`);
    return saysAll ? [`• ${first}`] : [`• ${whole}`, ...own.map((change) => `    ${change}`)];
  });
}

function wrongIn({ kind, name }: TraceDocument["property"], why: string): NonNullable<Shown["wrong"]> {
  return kind === "refines"
    ? { level: "abstract", what: why }
    : { level: "concrete", what: `${name}: ${why}` };
}
