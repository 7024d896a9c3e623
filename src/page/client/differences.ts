/** What a step changed, field by field. */

import type { PrintedField } from "../../schema/fields.ts";
import { without } from "../../schema/without.ts";
import type { Story } from "./story.ts";

export type Difference =
  | { readonly kind: "value"; readonly path: string; readonly before: string; readonly after: string }
  | {
      readonly kind: "elements";
      readonly path: string;
      readonly gone: readonly string[];
      readonly come: readonly string[];
    };

/** The differences that the step to state `at` makes; none for the first state. */
export function differences(story: Story, at: number): Difference[] {
  const step = story.stepAt(at);
  if (step === undefined) return [];
  const before = story.fieldsAt(at - 1);
  return step.fields.flatMap((after) => {
    const was = before.get(after.path);
    return was === undefined ? [] : [difference(was, after)];
  });
}

function difference(before: PrintedField, after: PrintedField): Difference {
  const { path } = after;
  if ("text" in before && "text" in after) {
    return { kind: "value", path, before: before.text, after: after.text };
  }
  const [was, is] = [elementsOf(before), elementsOf(after)];
  return { kind: "elements", path, gone: without(was, is), come: without(is, was) };
}

const elementsOf = (field: PrintedField): readonly string[] =>
  "elements" in field ? field.elements : [field.text];
