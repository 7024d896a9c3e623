/** Where in a model's file a run went wrong, found by doing once more, on plain data, what threw. */

import { type Instance, propertiesNamed } from "../model/instance.ts";
import { ActionError, draftOf, steps } from "../model/plain.ts";
import type { Property } from "../model/property.ts";
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
  { message, state }: Failure,
  properties: readonly string[],
): string | undefined {
  if (state === null) return undefined;
  try {
    const asked = propertiesNamed(instance, properties).find(([name]) =>
      message.startsWith(`property ${name} threw `),
    );
    if (asked !== undefined) askAgain(asked[1], draftOf(instance, { state }));
    else for (const _ of steps(instance, state));
    return undefined;
  } catch (error) {
    return locate(error instanceof ActionError ? error.cause : error);
  }
}

function askAgain(property: Property<unknown>, draft: unknown): void {
  if (property.kind === "always")
    for (let part = 0; part < property.parts; part++) property.test(draft, part);
  if (property.kind === "sometimes" || property.kind === "atEnd") property.test(draft);
  if (property.kind === "refines") property.view(draft);
}
