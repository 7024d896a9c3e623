/** Writes what the reductions save into README.md beside this file: states and seconds without, with each, with both. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { root } from "./contenders.ts";
import { insert, machine } from "./report.ts";

const targets = [
  "two-phase-commit --bound participants=9",
  "paxos --bound ballots=3",
  "paxos --bound ballots=4",
  "single-paxos",
  "multi-paxos",
  "multi-paxos --bound nodes=5",
  "cas-paxos",
  "vertical-paxos",
  "chain-replication",
  "ado",
  "ado-r",
  "models/applications/kv-lock.ado:KV_correct",
  "models/applications/lock.ado:mutex",
];

/** States and seconds of a run on one worker, or why there is none. */
function run(target: string, reduce: string): string {
  const options = ["--reduce", reduce, "--workers", "1", "--json", "--quiet"];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [`${root}bin/muchado.js`, "check", ...target.split(" "), ...options],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  process.stderr.write(`${target} --reduce ${reduce}: exit code ${status}\n`);
  if (status === 64) return "refused";
  const [found] = (JSON.parse(stdout) as { runs: { states: number; seconds: number; verdict: string }[] })
    .runs;
  if (found?.verdict !== "holds")
    throw new Error(`${target} --reduce ${reduce}: ${found?.verdict} ${stderr}`);
  return `${found.states.toLocaleString("en")} in ${found.seconds.toFixed(1)} s`;
}

const rows = targets.map((target) => {
  const cells = ["none", "symmetry", "order", "symmetry,order"].map((reduce) => run(target, reduce));
  return `| ${[target.replace(/^models.applications./, "").replaceAll("--bound ", ""), ...cells].join(" | ")} |`;
});
const head = ["| model | no reduction | symmetry | order | both |", "| --- | ---: | ---: | ---: | ---: |"];
const file = `${root}bench/README.md`;
const figures = `${machine(1)}\n\n${[...head, ...rows].join("\n")}`;
writeFileSync(file, insert(readFileSync(file, "utf8"), figures, "reductions"));
