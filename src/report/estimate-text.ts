/** What a check is expected to cost, as a person reads it and as a document. */

import type { CostEstimate } from "../estimate/estimate.ts";
import type { Estimate } from "../estimate/growth.ts";
import { assignmentsText } from "../model/assignments.ts";
import { jsonText } from "../verdict/json-text.ts";
import { bytes, count, duration, plural, roughly, rounded } from "./figures.ts";
import { printable } from "./printable.ts";

export interface EstimatedCheck extends CostEstimate {
  readonly target: string;
  readonly bounds: { readonly [name: string]: number };
  readonly faults: { readonly [name: string]: number };
  /** The command of the check. */
  readonly repeat: string;
}

/** How many of the runs it rests on are shown: the largest. */
const SHOWN = 5;

export function estimateText(check: EstimatedCheck): string {
  const { target, bounds, faults, repeat, measured, isExact, states, seconds, bytes: memory } = check;
  const expected =
    states === undefined || seconds === undefined || memory === undefined
      ? [`cannot tell: ${whyUnknown(check)}`]
      : [
          `states   ${isExact ? `${count(states.value)}, counted: the check came to its end` : range(states, rounded)}`,
          `time     ${range(seconds, roughly)}, with one worker`,
          `memory   ${range(memory, bytes)}`,
        ];
  const largest = measured.toSorted((a, b) => b.states - a.states).slice(0, SHOWN);
  const lines = [
    `${printable(target)} ${printable(assignmentsText({ ...bounds, ...faults }))}`,
    ...expected.map((line) => `  ${line}`),
    ...(largest.length > 0 ? [`  from ${plural(measured.length, "smaller run")}, the largest:`] : []),
    ...largest.map(
      ({ bounds, faults, states, seconds }) =>
        `    ${printable(assignmentsText({ ...bounds, ...faults }))}: ${count(states)} states, ${duration(seconds)}`,
    ),
    `  check: ${printable(repeat)}`,
  ];
  return `${lines.join("\n")}\n`;
}

function whyUnknown({ atLeast, hasSizes }: EstimatedCheck): string {
  const seen = `the check was not done after ${rounded(atLeast)} states`;
  return hasSizes
    ? `${seen}, and the smaller runs that were are too few or too far from it; --max-seconds gives them more time`
    : `${seen}, and nothing of it can be made smaller`;
}

/** Described by `estimate.schema.json`. */
export function estimateDocument(
  tool: { readonly name: string; readonly version: string },
  estimates: readonly EstimatedCheck[],
): string {
  const orNull = ({ hasSizes: _, states, seconds, bytes, ...rest }: EstimatedCheck): object => {
    return { ...rest, states: states ?? null, seconds: seconds ?? null, bytes: bytes ?? null };
  };
  return jsonText({ tool, estimates: estimates.map(orNull) });
}

function range({ value, low, high }: Estimate, show: (value: number) => string): string {
  const [expected, least, most] = [value, low, high].map(show);
  return least === most ? expected! : `${expected} (${least} to ${most})`;
}
