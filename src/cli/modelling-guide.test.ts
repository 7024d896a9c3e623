import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import * as muchado from "../index.ts";
import { folder } from "./test-command.ts";
import { blocksOf, codeIn, filesAfter, replayed, tableRows } from "./test-guide.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const path = join(root, "docs/modelling.md");
const page = readFileSync(path, "utf8");
const versions = filesAfter(blocksOf(page));
const { "counter.ts": counter, "log.ts": log } = versions.at(-1)!;
const [, reference, mistakes] = page.split(/^## Reference$|^### When it does not work$/m);

/** The declarations of the reference's state. */
const declarations = blocksOf(page).find(({ note }) => note === "state")!.text;

/** The examples of each row of the reference's tables, as one body. */
const bodies = [...reference!.matchAll(/^\|.*\|$/gm)]
  .map(([row]) => codeIn(row).filter((code) => /^s\.\w/.test(code)))
  .filter((codes) => codes.length > 0)
  .map((codes) => `${codes.join("; ")};`);
const parameters = tableRows(reference!, "parameters | what they range over").map(
  ([code]) => codeIn(code!)[0]!,
);
const properties = tableRows(reference!, "property | asks")
  .map(([code]) => codeIn(code!)[0]!)
  .filter((code) => !code.includes("…"));
const [init] = codeIn(reference!).filter((code) => code.startsWith("init: "));

/** A system of the reference's state, as a program. */
function programOf(actions: readonly string[], rest = ""): string {
  const named = actions.map((action, i) => `action${i}: action(${action})`);
  return `${declarations}
    const make = () => system(state, ({ action, always, alwaysEach, atEnd, chosen, sometimes, step, where }) => ({
      actions: { ${named} },
      ${rest}
    }));`;
}

const examples = programOf(
  [...bodies.map((body) => `{}, (s) => { ${body} }`), ...parameters.map((choice) => `${choice}, () => {}`)],
  `${init}, properties: { ${properties.map((property, i) => `property${i}: ${property}`)} }`,
);

function evaluate<T>(program: string, result: string): T {
  const { code } = transformSync(program, { loader: "ts", target: "es2022" });
  const words = { ...muchado };
  return new Function(...Object.keys(words), `"use strict"; ${code}; return ${result};`)(
    ...Object.values(words),
  ) as T;
}

/** A run of a model, some steps deep. */
function check(
  model: muchado.Model,
  { maxDepth = Infinity, ...bounds }: { readonly [name: string]: number } = {},
) {
  const instance = muchado.instantiate(model, bounds);
  const exploration = muchado.explore(instance, { maxDepth, maxBytes: 2 ** 24 });
  const properties = instance.defaultProperties;
  const circumstances = { target: model.name, workers: 1, seconds: 0, repeat: "", properties };
  return { words: instance.words, ...muchado.judge(instance, exploration, circumstances) };
}

/** What is wrong with a program that makes a system of the reference's state, if anything. */
function failureOf(program: string): string | undefined {
  try {
    const system = evaluate<() => muchado.System<unknown>>(program, "make");
    return check({ name: "reference", about: "", bounds: {}, system }, { maxDepth: 1 }).failure?.message;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The model that a file of the page exports. */
function modelIn(file: string): muchado.Model {
  const program = file.replaceAll(/^import .*$/gm, "").replace("export default", "const exported =");
  return evaluate(program, "exported");
}

describe("docs/modelling.md", () => {
  test("shows what its commands print; `vitest -u` has it show what they print now", async () => {
    await expect(await replayed(page)).toMatchFileSnapshot(path);
  });

  test("has models and examples that the types allow", async () => {
    const names = Object.keys(muchado).join(", ");
    const programs = [
      ...versions.flatMap(Object.values),
      `import { ${names} } from "muchado"; ${examples}; make();`,
    ];
    const files = Object.fromEntries([...new Set(programs)].map((text, i) => [`version-${i}.ts`, text]));
    const cwd = folder(files);
    mkdirSync(join(cwd, "node_modules"));
    symlinkSync(root, join(cwd, "node_modules/muchado"));
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--skipLibCheck"];
    const compiler = join(root, "node_modules/.bin/tsc");
    const run = promisify(execFile)(compiler, [...options, ...Object.keys(files)], { cwd });
    expect(
      await run.then(
        () => "",
        ({ stdout }) => stdout,
      ),
    ).toBe("");
  });

  test("has examples that can be run", () => {
    expect(failureOf(examples)).toBeUndefined();
  });

  test("gives the sizes of its model's states, and how many there are", () => {
    const sizes = [2, 5].map((clients) => check(modelIn(counter!), { clients, maxDepth: 0 }).words);
    expect(sizes).toEqual([2, 8]);
    expect(check(modelIn(counter!)).states).toBe(98);
  });

  test.each(tableRows(mistakes!, "you write | the tool says | write instead"))(
    "tells what the answer is to %s",
    (written, said) => {
      const [code] = codeIn(written!);
      const isBody = /\bs\./.test(code!);
      const program = isBody ? programOf([`{}, (s) => { ${code} }`]) : `${programOf([])}; ${code};`;
      expect(failureOf(program)).toContain(codeIn(said!)[0]);
    },
  );

  const committed = "committed: s.copied || -1";
  test.each([
    [
      "PullPre: parent (1,0) < committed (1,1)",
      "parent: { round: 1, index: s.copied }",
      "parent: { round: 1, index: 0 }",
    ],
    [
      "PushPre: later owner of round 2 adopted (1,0) < (1,1)",
      committed,
      "committed: (s.hasTakenOver && s.appended) || -1",
    ],
    ["the parent of round 2 changed", "if (s.hasTakenOver || message", "if (message"],
    ["a commit of round 1 was undone", committed, "committed: s.copied === 1 ? 1 : -1"],
    [
      "the first state has round 1 of n1 after (0,0): [] already",
      "...(s.hasBegun ? [primary] : [])",
      "primary",
    ],
  ])("has a log of which it says: %s", (says, right, wrong) => {
    expect(page).toContain(says);
    expect(log).toContain(right);
    const [{ why } = { why: "" }] = check(modelIn(log!.replace(right, wrong))).properties;
    expect(why).toBe(says);
  });
});
