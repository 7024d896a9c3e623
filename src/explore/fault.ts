/** A model that is at fault: what it did, in which state. */

import type { Instance } from "../model/instance.ts";
import { ActionError, steps } from "../model/plain.ts";
import { thrownText } from "../model/thrown.ts";
import type { Question } from "./questions.ts";

/** A body or property that threw, or a body that broke its contract. */
export interface Fault {
  readonly message: string;
  /** The step as a person names it, where it is known. */
  readonly step: string | null;
  /** The packed state whose step it was, or that a property was asked about. */
  readonly state: Int32Array;
  /** Of the state, or of that before it if a property was asked; −1 where no way to it is to be looked for. */
  readonly depth: number;
}

/** A body that is not deterministic, or not done with its guards when it writes. */
export class Breach extends Error {}

interface Circumstances {
  /** What a property was asked, if that threw. */
  readonly question: Question | undefined;
  /** The state in hand. */
  readonly state: Int32Array;
  readonly depth: number;
  /** Does the same on plain data, which tells the name and choice of an action that throws. */
  readonly onPlain: () => unknown;
}

/** What `error`, thrown by model code, says about the model. */
export function faultOf(
  error: unknown,
  instance: Instance,
  { question, state, depth, onPlain }: Circumstances,
): Fault {
  const thrown = thrownText(error);
  if (question !== undefined) {
    const { property, before, after } = question;
    const step = after === undefined ? null : stepBetween(instance, before, after);
    return { message: `property ${property} threw ${thrown}`, step, state: before.slice(), depth };
  }
  const common = { state: state.slice(), depth };
  if (error instanceof Breach) return { message: error.message, step: null, ...common };
  const failed = actionError(onPlain);
  return { message: failed?.message ?? thrown, step: failed?.label.text ?? null, ...common };
}

/** The name of a step that leads from one packed state to another; `null` if plain data know none. */
export function stepBetween(instance: Instance, before: Int32Array, after: Int32Array): string | null {
  const [from, to] = [before, after].map((words) => instance.root.load(words, instance.address));
  try {
    for (const step of steps(instance, from!)) {
      if (JSON.stringify(step.after) === JSON.stringify(to)) return step.label.text;
    }
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
  }
  return null;
}

function actionError(onPlain: () => unknown): ActionError | undefined {
  try {
    onPlain();
    return undefined;
  } catch (error) {
    return error instanceof ActionError ? error : undefined;
  }
}
