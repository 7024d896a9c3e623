/**
 * How fast Muchado is beside explorers in C and SPIN: same models, same machine, same hour.
 *
 * `--rounds N` sets how often all of them run (3). `--large` adds a search that takes minutes. `--quick` runs each once on
 * the small models and only prints the figures; otherwise they are written into README.md beside this file.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Answer, cases, contenders, largeCase, ourCommand, quickCases, root } from "./contenders.ts";
import { type Measurement, measure } from "./measure.ts";
import { type Extras, insert, report } from "./report.ts";
import { race, title } from "./rounds.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
    rounds: { type: "string" },
  },
});
const rounds = options.quick ? 1 : Number(options.rounds ?? 3);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError("--rounds takes a whole number from 1 up");

/** Long enough that starting counts for little. */
const LARGE = cases.find(({ size }) => size === 9)!;
/** The flags that `bin/muchado.js` sets. */
const ENGINE_FLAGS = [
  "--max-inlined-bytecode-size=1000",
  "--max-inlined-bytecode-size-cumulative=2000",
  "--interrupt-budget=500000",
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const chosen = options.quick ? quickCases : options.large ? [...cases, largeCase] : cases;
const series = await race(chosen, contenders, rounds, say);
const figures = report(series, await measureExtras(), rounds);
if (!options.quick) {
  const file = `${root}bench/README.md`;
  writeFileSync(file, insert(readFileSync(file, "utf8"), figures));
}
process.stdout.write(`${figures}\n`);

async function measureExtras(): Promise<Extras> {
  const ballots = options.quick ? 2 : 3;
  const search = async (mode: "checked" | "plain"): Promise<Answer & Measurement> => {
    const runner = `${root}dist/bench/plain-exploration.js`;
    const measurement = await measure([
      ...[process.execPath, ...ENGINE_FLAGS, runner, "multi-paxos", mode, `ballots=${ballots}`],
    ]);
    return { ...(JSON.parse(measurement.output) as Answer), ...measurement };
  };
  const checked: (Answer & Measurement)[] = [];
  const plain: (Answer & Measurement)[] = [];
  const help: Measurement[] = [];
  const alone: Measurement[] = [];
  const sideBySide: (readonly Measurement[])[] = [];
  const the = options.quick ? quickCases[0]! : LARGE;
  for (let round = 0; round < rounds; round++) {
    checked.push(await search("checked"));
    plain.push(await search("plain"));
    help.push(await measure([process.execPath, `${root}bin/muchado.js`, "--help"]));
    alone.push(await measure(ourCommand(the, 1)));
    sideBySide.push(await Promise.all([measure(ourCommand(the, 1)), measure(ourCommand(the, 1))]));
  }
  say("the rest: with and without properties, the help, two searches side by side");
  return {
    refinement: { title: `multi-paxos, ${ballots} ballots`, checked, plain },
    help,
    cores: { title: title(the), alone, sideBySide },
  };
}
