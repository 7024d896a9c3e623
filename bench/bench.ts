/**
 * How fast Muchado is beside explorers in C and SPIN: same models, same machine, same hour.
 *
 * `--rounds N` sets how often all of them run (3). `--quick` runs each once on the small models and only prints the
 * figures; otherwise they are written into README.md beside this file.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Answer, cases, contenders, quickCases, root } from "./contenders.ts";
import { type Measurement, measure } from "./measure.ts";
import { type Extras, insert, report } from "./report.ts";
import { race } from "./rounds.ts";

const { values: options } = parseArgs({
  options: { quick: { type: "boolean", default: false }, rounds: { type: "string" } },
});
const rounds = options.quick ? 1 : Number(options.rounds ?? 3);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError("--rounds takes a whole number from 1 up");

/** The flags that `bin/muchado.js` sets. */
const ENGINE_FLAGS = ["--max-inlined-bytecode-size=1000", "--max-inlined-bytecode-size-cumulative=5000"];

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const series = await race(options.quick ? quickCases : cases, contenders, rounds, say);
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
  for (let round = 0; round < rounds; round++) {
    checked.push(await search("checked"));
    plain.push(await search("plain"));
    help.push(await measure([process.execPath, `${root}bin/muchado.js`, "--help"]));
  }
  const title = `multi-paxos, ${ballots} ballots`;
  say(`${title}: with and without its properties`);
  return { refinement: { title, checked, plain }, help };
}
