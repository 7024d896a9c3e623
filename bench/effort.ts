/** Writes `docs/effort.md`: what each protocol takes to write down, beside what its proof took, and to check. */

import { readFileSync, writeFileSync } from "node:fs";
import { catalog } from "../models/catalog.ts";
import { type CatalogEntry, exploreParallel, instantiate } from "../src/index.ts";

const root = new URL("../../", import.meta.url);

/** Lines of Coq as the authors give them for an instance (talk and paper, OOPSLA 2021). */
const proofs: { readonly [model: string]: string } = {
  "single-paxos": "77",
  "multi-paxos": "87",
  "vertical-paxos": "97",
  "cas-paxos": "78",
  "chain-replication": "about 2,000",
};

const linesOf = (file: string): number =>
  readFileSync(new URL(file, root), "utf8").trimEnd().split("\n").length;
const thousands = (value: number): string => value.toLocaleString("en");

async function row({ model, reference }: CatalogEntry): Promise<string> {
  const instance = instantiate(model);
  const start = performance.now();
  const found = await exploreParallel(instance, { workers: 1, reference });
  const seconds = (performance.now() - start) / 1000;
  if (found.ending !== "complete") throw new Error(`${model.name} does not hold: ${found.ending}`);
  const mutants = catalog.filter(({ mutant }) => mutant?.of === model.name).length;
  const bounds = Object.entries({ ...instance.bounds, ...instance.budgets }).map(
    ([name, value]) => `${name} ${value}`,
  );
  const cells = [
    model.name,
    linesOf(`models/protocols/${model.name}.ts`),
    proofs[model.name],
    `${mutants} in ${linesOf(`models/mutants/${model.name}.ts`)} lines`,
    bounds.join(", "),
    thousands(found.states),
    thousands(found.transitions),
    `${seconds.toFixed(1)} s`,
  ];
  return `| ${cells.join(" | ")} |`;
}

const rows: string[] = [];
for (const entry of catalog) if (entry.model.name in proofs) rows.push(await row(entry));

writeFileSync(
  new URL("docs/effort.md", root),
  `# What it takes

Written by \`npm run effort\`. Lines are those of the formatted file, comments included. The Coq figures are the authors'
(Honoré et al., OOPSLA 2021): an instance stands on a common development of about 5,000 lines; the Paxos instances here
stand on \`paxos-core.ts\` and \`paxos-rules.ts\` beside them, ${linesOf("models/protocols/paxos-core.ts") + linesOf("models/protocols/paxos-rules.ts")} lines. A proof is for all bounds; a
run is for the bounds of its row, and takes one worker the time given, start included.

| protocol | lines | lines of Coq | mutants | bounds and faults | states | steps | time to verdict |
|---|---|---|---|---|---|---|---|
${rows.join("\n")}
`,
);
