/** Rounds in which all contenders run one after another, so that a busy hour of the machine meets them all. */

import { type Answer, type Case, type Contender, ourName } from "./contenders.ts";
import { type Measurement, measure } from "./measure.ts";

/** One run: what it found and what it took. */
export type Result = Answer & Omit<Measurement, "output">;

/** All runs of one contender on one case, in the order of the rounds. */
export interface Series {
  readonly the: Case;
  readonly contender: string;
  readonly results: readonly Result[];
}

/** @throws Error where a contender finds other states or steps than the rest. */
export async function race(
  cases: readonly Case[],
  contenders: readonly Contender[],
  rounds: number,
  say: (line: string) => void,
): Promise<readonly Series[]> {
  const entries = cases.flatMap((the) =>
    contenders.flatMap((contender) => {
      const obstacle = contender.prepare(the);
      if (obstacle !== undefined) say(`${contender.name} sits out ${title(the)}: ${obstacle}`);
      return obstacle === undefined ? [{ the, contender, results: [] as Result[] }] : [];
    }),
  );
  for (let round = 1; round <= rounds; round++) {
    for (const { the, contender, results } of entries) {
      const { output, ...taken } = await measure(contender.command(the));
      const { states, transitions, seconds } = contender.read(output);
      const result = { states, transitions, seconds, ...taken };
      say(`round ${round}, ${title(the)}, ${contender.name}: ${result.cpuSeconds.toFixed(2)} s of CPU`);
      results.push(result);
      const reference = entries.find((entry) => entry.the === the)!.results[0]!;
      const isSame = Math.abs(transitions / reference.transitions - 1) < 1e-7;
      if (states !== the.states || !isSame) {
        throw new Error(`${contender.name} finds ${states} states and ${transitions} steps of ${title(the)}`);
      }
    }
  }
  return entries.map(({ the, contender, results }) => ({ the, contender: contender.name, results }));
}

export function title({ model, bound, size }: Case): string {
  return `${model}, ${size} ${bound}`;
}

/** How long a contender took on a case compared with another, round by round; the median. */
export function ratio(
  series: readonly Series[],
  the: Case,
  [above, below]: readonly [string, string],
  quantity: (result: Result) => number,
): number | undefined {
  const [upper, lower] = [above, below].map((name) =>
    series.find((one) => one.the === the && one.contender === name)?.results.map(quantity),
  );
  if (upper === undefined || lower === undefined) return undefined;
  return median(upper.map((value, round) => value / lower[round]!));
}

/** The ratios that the project has promised something about. */
export const PAIRS: readonly (readonly [string, string])[] = [
  [ourName(1), "C, plain"],
  [ourName(1), "C, prefetch"],
  [ourName(1), "C, limit"],
  ["SPIN, usual options", ourName(1)],
  ["SPIN, usual options", ourName(2)],
  ["SPIN, fastest options", ourName(1)],
  ["SPIN, fastest options", ourName(2)],
  [ourName(1), ourName(2)],
];

export function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = ascending.length / 2;
  return (ascending[Math.ceil(middle) - 1]! + ascending[Math.floor(middle)]!) / 2;
}
