/** For tests: configurations of pipelines that nobody in good faith would write. */

import { counting } from "./test-command.ts";
import { ESCAPE, type HostileInput } from "./test-hostile-input.ts";

const model = counting();
const config = (text: string | object): { "muchado.config.json": string } => ({
  "muchado.config.json": typeof text === "string" ? text : JSON.stringify(text),
});

const run = { target: "model.ts" };
export const configurations: HostileInput[] = (
  [
    ["nothing", "", /muchado\.config\.json: it is empty/],
    ["half of one", '{ "runs": [', /muchado\.config\.json:1:12/],
    ["no UTF-8", "\u0000", /muchado\.config\.json:1:1/],
    ["two of them", "{}{}", /muchado\.config\.json:1:3: something after the end/],
    [
      "a field twice",
      '{ "workers": 1, "workers": 2 }',
      /muchado\.config\.json:1:17: the field "workers" twice/,
    ],
    ["comments", "{ // no\n}", /muchado\.config\.json:1:3/],
    ["depth without end", "[".repeat(100_000), /nested deeper than 200/],
    ["a field that it inherits", '{ "__proto__": { "runs": [] } }', /__proto__: there is no such field/],
    ["a terminal's commands as a field", { [ESCAPE]: 1 }, /there is no such field/],
    ["a number beyond numbers", '{ "workers": 1e999 }', /workers: /],
    ["digits without end", `{ "workers": ${"9".repeat(5000)} }`, /workers: expected a whole number/],
    ["minus zero workers", '{ "workers": -0 }', /workers: it must be >= 1/],
    ["no runs", { runs: [] }, /runs: it is empty/],
    ["text for runs", { runs: "model.ts" }, /runs: expected a list, found "model\.ts"/],
    [
      "a run of a file elsewhere",
      { runs: [{ target: "../../../../etc/passwd.ts" }] },
      /runs\[0\]: .*there is no such file/,
    ],
    ["a run of a null character", { runs: [{ target: "\u0000.ts" }] }, /runs\[0\]: .*there is no such file/],
    [
      "a bound that it inherits",
      '{ "runs": [{ "target": "model.ts", "bounds": { "__proto__": 3 } }] }',
      /has no bound "__proto__"/,
    ],
    [
      "a bound beyond numbers",
      { runs: [{ ...run, bounds: { top: 1e300 } }] },
      /bounds\.top: it must be <= 9007199254740991/,
    ],
    [
      "a bound that is too large",
      { runs: [{ ...run, bounds: { top: 2 ** 53 - 1 } }] },
      /is not an integer in/,
    ],
    [
      "a fault that there is not",
      { runs: [{ ...run, faults: { constructor: 1 } }] },
      /has no fault "constructor"/,
    ],
    [
      "a property that there is not",
      { runs: [{ ...run, properties: ["toString"] }] },
      /has no property "toString"/,
    ],
    [
      "coverage of what there is not",
      { runs: [{ ...run, coverage: { hasOwnProperty: 1 } }] },
      /no action, fault, event or witness "hasOwnProperty"/,
    ],
    [
      "the absence of what there is not",
      { runs: [{ ...run, absent: ["\u001b[2J"] }] },
      /no action, fault, event or witness/,
    ],
    [
      "counts of a counterexample",
      { runs: [{ ...run, expected: "violated", counts: { states: 1 } }] },
      /counts are of a complete run/,
    ],
    ["another verdict", { runs: [{ ...run, expected: "holds\u0000" }] }, /expected "holds" or "violated"/],
    [
      "memory beyond memory",
      { runs: [run], budget: { memory: "9".repeat(400) } },
      /budget: .*is not an amount of memory/,
    ],
    ["no memory", { runs: [run], runBudget: { memory: 1 } }, /runBudget: .*is not an amount of memory/],
    ["no time", { runs: [run], budget: { seconds: -1 } }, /budget\.seconds: it must be > 0/],
    [
      "mutants that there are not",
      { runs: [run], mutants: ["../../nobody"] },
      /mutants\[0\]: unknown target/,
    ],
    ["a report to a folder", { runs: [run], reporters: ["junit=."] }, /reporters\[0\]: .*not a file/],
    [
      "a report below a file",
      { runs: [run], reporters: ["junit=model.ts/a.xml"] },
      /reporters\[0\]: .*is not a folder/,
    ],
    [
      "a report to a null character",
      { runs: [run], reporters: ["junit=a\u0000b"] },
      /reporters\[0\]: .*null character/,
    ],
    [
      "a report without a file",
      { runs: [run], reporters: ["sarif="] },
      /reporters\[0\]: sarif= needs a file/,
    ],
    [
      "two reports to one file",
      { runs: [run], reporters: ["sarif=a", "junit=./b/../a"] },
      /two reports would be written/,
    ],
    ["two reports to print", { runs: [run], reporters: ["sarif", "junit"] }, /would both be printed/],
    [
      "a reporter that there is not",
      { runs: [run], reporters: ["constructor=a"] },
      /there is no reporter "constructor"/,
    ],
    ["certificates in a file", { runs: [run], certificates: "model.ts" }, /model\.ts: it is not a folder/],
    [
      "certificates that are none",
      { runs: [run], certificates: "bad" },
      /bad\/a\.json: it is not a certificate/,
    ],
    [
      "certificates that are no JSON",
      { runs: [run], certificates: "worse" },
      /worse\/a\.json: it cannot be read as a certificate/,
    ],
  ] as const
).map(([what, text, says]) => ({
  name: `a configuration with ${what}`,
  words: ["ci"],
  files: { ...config(text), "model.ts": model, "bad/a.json": "{}", "worse/a.json": "{" },
  says,
}));

export const otherConfigurations: HostileInput[] = [
  {
    name: "two configurations",
    words: ["ci"],
    files: { ...config({}), "muchado.config.ts": "" },
    says: /name the one that is meant/,
  },
  { name: "a configuration that is a folder", words: ["ci", "--config", "."], says: /it is not a file/ },
  {
    name: "a configuration that is not there",
    words: ["ci", "--config", ESCAPE],
    says: /there is no such file/,
  },
  {
    name: "a configuration of no kind",
    words: ["ci", "--config", "a.yaml"],
    files: { "a.yaml": "" },
    says: /ends in \.ts/,
  },
  {
    name: "a configuration that throws",
    words: ["ci", "--config", "a.ts"],
    files: { "a.ts": "throw 1;" },
    says: /a\.ts: threw 1/,
  },
  {
    name: "a configuration that exports nothing",
    words: ["ci", "--config", "a.ts"],
    files: { "a.ts": "" },
    says: /nothing is exported/,
  },
  {
    name: "a configuration that is a function",
    words: ["ci", "--config", "a.ts"],
    files: { "a.ts": "export default () => {};" },
    says: /expected an object, found a function/,
  },
  {
    name: "a configuration that contains itself",
    words: ["ci", "--config", "a.ts"],
    files: { "a.ts": "const a = {}; a.runs = [a]; export default a;" },
    says: /a\.ts: /,
  },
  {
    name: "a configuration with a trap",
    words: ["ci", "--config", "a.ts"],
    files: { "a.ts": "export default { get runs() { throw new Error('trap'); } };" },
    says: /Error: trap/,
  },
  { name: "a target of ci", words: ["ci", "model.ts"], files: { "model.ts": model }, says: /model\.ts/ },
  {
    name: "an option of ci twice",
    words: ["ci", "--config", "a", "--config", "b"],
    says: /--config is given 2 times/,
  },
  {
    name: "a trace file that is a folder",
    words: ["explore", "two-phase-commit", "--trace", "."],
    says: /\./,
  },
];
