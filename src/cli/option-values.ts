/** Values of options, read strictly: what is not plainly a value of the kind asked for is a mistake, never a guess. */

import type { Assignments } from "../model/assignments.ts";
import { UsageError } from "./usage-error.ts";

interface Range {
  readonly min: number;
  readonly max: number;
}

/** @throws UsageError unless `text` is decimal digits for a number in the range. */
export function wholeNumber(option: string, text: string, { min, max }: Range): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${option}: ${JSON.stringify(text)} is not a whole number from ${min} to ${max}`);
  }
  return value;
}

/** What a timer can wait. */
export const MOST_SECONDS = 2_000_000;

/** A time such as `90` or `0.5`, in seconds. */
export function seconds(option: string, text: string, { max }: { max: number }): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0 || value > max) {
    throw new UsageError(
      `--${option}: ${JSON.stringify(text)} is not a number of seconds above 0 and up to ${max}`,
    );
  }
  return value;
}

const UNITS = ["", "k", "m", "g", "t"];

/** An amount of memory such as `500M`, `1.5G` or `512MiB`; the units are powers of 1024. `what` it is for is named in errors. */
export function byteCount(what: string, text: string, { min, max }: Range): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)([kmgt]?)(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(amount) * 1024 ** UNITS.indexOf(unit.toLowerCase()));
  if (amount === undefined || bytes < min || bytes > max) {
    const [least, most] = [min, max].map((limit) => `${Math.floor(limit / 2 ** 20)}M`);
    throw new UsageError(
      `${what}: ${JSON.stringify(text)} is not an amount of memory from ${least} to ${most}, for instance 500M`,
    );
  }
  return bytes;
}

/** What `--bound a=1 --bound b=2` and `--faults a=1,b=2` say. */
export function assignments(option: string, texts: readonly string[]): Assignments {
  const values = new Map<string, number>();
  for (const text of texts.flatMap((list) => list.split(","))) {
    const [, name, digits] = /^([\p{L}_][\p{L}\d_-]*)=(\d+)$/u.exec(text) ?? [];
    if (name === undefined || !Number.isSafeInteger(Number(digits))) {
      throw new UsageError(
        `--${option}: ${JSON.stringify(text)} is not name=number, for instance --${option} ${example(option)}`,
      );
    }
    if (values.has(name)) throw new UsageError(`--${option}: ${name} is given twice`);
    values.set(name, Number(digits));
  }
  return Object.fromEntries(values);
}

function example(option: string): string {
  return option === "faults" ? "crash=1" : "nodes=3";
}
