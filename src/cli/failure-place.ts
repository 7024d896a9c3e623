/** Where in a model's file a run went wrong, found by doing once more, on plain data, what threw. */

import { type Instance, propertiesNamed } from "../model/instance.ts";
import { ActionError, draftOf, initialStates, steps } from "../model/plain.ts";
import type { Property } from "../model/property.ts";
import { violationAt } from "../verdict/describe-path.ts";
import type { Failure, Run } from "../verdict/run.ts";
import type { PlannedRun } from "./plan.ts";
import { locate } from "./stack.ts";

/** The run with the place of its failure, where that is known. */
export function withPlace(run: Run, { instance, properties }: PlannedRun): Run {
  const { failure } = run;
  // What does not end is not to be begun again.
  if (failure === null || !failure.message.includes(" threw ")) return run;
  const place = placeOf(instance, failure, properties);
  if (place === undefined) return run;
  return { ...run, failure: { ...failure, message: `${failure.message} (${place})` } };
}

function placeOf(
  instance: Instance,
  { message, state, step }: Failure,
  properties: readonly string[],
): string | undefined {
  if (state === null) return undefined;
  try {
    const asked = propertiesNamed(instance, properties).find(([name]) =>
      message.startsWith(`property ${name} threw `),
    );
    if (asked !== undefined) askAgain(instance, asked[1], state, step);
    else if (message.startsWith(`${instance.init.name}(`)) initialStates(instance);
    else for (const _ of steps(instance, state));
    return undefined;
  } catch (error) {
    return locate(error instanceof ActionError ? error.cause : error);
  }
}

/** About the state and, where a step was asked about, about the steps of that name. */
function askAgain(instance: Instance, property: Property<unknown>, state: object, step: string | null): void {
  if (property.kind === "sometimes") property.test(draftOf(instance, { state }));
  else violationAt(instance, property, { before: undefined, after: state });
  if (step === null || property.kind === "sometimes") return;
  for (const { label, after } of steps(instance, state))
    if (label.text === step) violationAt(instance, property, { before: state, after });
}
