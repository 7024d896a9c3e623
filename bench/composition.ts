/** Writes `docs/composition.md`: the same programs on the ADO and over protocols, and what follows from one for the other. */

import { readFileSync, writeFileSync } from "node:fs";
import { type Composition, mutants, theoremOf, theorems } from "../models/over/compositions.ts";
import { exploreParallel, instantiate, judge, type Run } from "../src/index.ts";

const root = new URL("../../", import.meta.url);
const thousands = (value: number): string => value.toLocaleString("en");
/** `multi-paxos(nodes = 3, ballots = 2)` as two cells. */
const cellsOf = (over: string): string[] => over.replace(")", "").split("(");

/** The run of a theorem on one worker. @throws Error for another verdict than the expected one, or a vacuous run */
async function run(composition: Composition, over?: string): Promise<Run> {
  const { model, reference } = theoremOf(composition, over);
  const instance = instantiate(model);
  const properties = instance.defaultProperties;
  const start = performance.now();
  const found = await exploreParallel(instance, { workers: 1, reference });
  const seconds = (performance.now() - start) / 1000;
  const told = { target: composition.name, workers: 1, seconds, repeat: "", properties };
  const answer = judge(instance, found, told);
  if (answer.verdict !== composition.expected || answer.failure !== null || answer.vacuous.length > 0) {
    throw new Error(`${composition.name} over ${over}: ${answer.verdict} ${answer.failure?.message}`);
  }
  return answer;
}

/** One row for each protocol: the run on the ADO beside the run over it. */
async function rows(
  composition: Composition,
  compare: (onAdo: Run, onNetwork: Run) => string[],
): Promise<string[]> {
  const onAdo = await run(composition);
  const lines: string[] = [];
  for (const over of composition.over) {
    const onNetwork = await run(composition, over);
    const bounds = `${composition.given}; ${composition.ado}`.replaceAll("|", "\\|");
    const cells = [composition.name, ...cellsOf(over), bounds, ...compare(onAdo, onNetwork)];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return lines;
}

const cost = ({ states, seconds }: Run): string[] => [thousands(states), `${seconds.toFixed(1)} s`];
const lengthOf = ({ properties }: Run): string => String(properties[0]!.trace!.steps.length);

const held: string[] = [];
for (const one of theorems) {
  const compared = await rows(one, (onAdo, onNetwork) => [
    ...cost(onAdo),
    ...cost(onNetwork),
    `${Math.round(onNetwork.states / onAdo.states)} ×`,
  ]);
  held.push(...compared);
}
const caught: string[] = [];
for (const one of mutants) {
  const compared = await rows(one, (onAdo, onNetwork) => [lengthOf(onAdo), lengthOf(onNetwork)]);
  caught.push(...compared);
}

const text = readFileSync(new URL("bench/composition.template.md", root), "utf8");
writeFileSync(
  new URL("docs/composition.md", root),
  text.replace("{held}", held.join("\n")).replace("{caught}", caught.join("\n")),
);
