/** The test of the house: what its plan promises and no compiler checks. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Files below a folder, as paths from the root. */
function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(ending));
}

const isTest = (file: string): boolean => file.endsWith(".test.ts") || basename(file).startsWith("test-");
const sources = filesIn("src", ".ts");
const engine = sources.filter((file) => !isTest(file));

/** The files that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = read(file).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...specifiers].map(([, specifier]) => normalize(join(dirname(file), specifier!)));
}

/** The packages that are loaded with a built file: what it and the files that it imports at once import. */
function packagesWith(file: string): string[] {
  const [files, packages] = [new Set([file]), new Set<string>()];
  for (const importer of files) {
    const specifiers = read(importer).matchAll(/^(?:import|export)\b(?:[^;"]*?\bfrom)?\s*"([^"]+)"/gm);
    for (const [, specifier] of specifiers) {
      if (specifier!.startsWith(".")) files.add(normalize(join(dirname(importer), specifier!)));
      else if (!specifier!.startsWith("node:")) packages.add(specifier!);
    }
    for (const [, specifier] of read(importer).matchAll(/\.resolve\("([^"]+)"\)/g)) packages.add(specifier!);
  }
  return [...packages].sort();
}

/** Rooms from left to right; those of one place do not know each other. */
const ROOMS = [
  ["schema"],
  ["model"],
  ["explore"],
  ["simulate"],
  ["ado"],
  ["refine", "history"],
  ["language"],
  ["estimate"],
  ["verdict"],
  ["trace"],
  ["gate"],
  ["report"],
  ["page"],
  ["cli"],
];
/** What models and properties may import of the engine: the files that the package exports as modules. */
const DOORS = ["src/index.ts", "src/language/load.ts"];
const LONGEST_FILE_LINES = 400;

describe("the house", () => {
  test("has only the rooms of its plan", () => {
    const rooms = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(ROOMS.flat()).toEqual(expect.arrayContaining(rooms.map(({ name }) => name)));
  });

  test("has rooms that know only the rooms to their left", () => {
    const placeOf = (room: string): number => ROOMS.findIndex((rooms) => rooms.includes(room));
    const roomOf = (file: string): string => file.split("/")[1]!;
    const wrong = engine.flatMap((file) => {
      if (file === "src/index.ts") return [];
      const [room, place] = [roomOf(file), placeOf(roomOf(file))];
      return importsOf(file)
        .filter(
          (imported) =>
            !imported.startsWith("src/") ||
            !(roomOf(imported) === room || placeOf(roomOf(imported)) < place) ||
            imported === "src/index.ts",
        )
        .map((imported) => `${file} imports ${imported}`);
    });
    expect(wrong).toEqual([]);
  });

  test("is entered by models and properties through its doors", () => {
    const outside = [...filesIn("models", ".ts"), ...filesIn("properties", ".ts")].filter(
      (file) => !isTest(file),
    );
    const wrong = outside.flatMap((file) =>
      importsOf(file)
        .filter((imported) => !DOORS.includes(imported) && !/^(models|properties)\//.test(imported))
        .filter((imported) => !(file.startsWith("properties/") && imported.startsWith("models/")))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  // Every model imports the index, in the main thread and again in every worker thread.
  test.for([
    ["src/index.js", []],
    ["models/catalog.js", []],
    ["src/cli/main.js", []],
    ["src/cli/check.js", []],
    ["src/explore/worker.js", []],
    ["src/simulate/worker.js", ["fast-check"]],
    ["src/language/load.js", ["chevrotain"]],
    ["src/language/load-theorem.js", []],
  ] as const)("opens lightly: what is loaded with %s", ([file, packages]) => {
    expect(packagesWith(`dist/${file}`)).toEqual(packages);
  });

  test("names no particular protocol in the engine", () => {
    const protocols = readdirSync(join(root, "models/protocols"))
      .filter((file) => !isTest(file))
      .map((file) => basename(file, ".ts"));
    const wrong = engine.flatMap((file) =>
      protocols
        .filter((name) => read(file).includes(`"${name}"`) || read(file).includes(`/${name}`))
        .map((name) => `${file} names ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("has no file that takes long to read", () => {
    const models = [...filesIn("models", ".ts"), ...filesIn("properties", ".ts")];
    const long = [...sources, ...models].filter((file) => read(file).split("\n").length > LONGEST_FILE_LINES);
    expect(long).toEqual([]);
  });

  test("has no open ends", () => {
    const marks = new RegExp(["TO", "DO|FIX", "ME|X", "XX"].join(""));
    expect(sources.filter((file) => marks.test(read(file)))).toEqual([]);
  });

  test("has no file that nobody imports", () => {
    const entrances = [
      "src/index.ts",
      "src/cli/main.ts",
      "src/explore/worker.ts",
      "src/cli/history-worker.ts",
      "src/cli/attention-worker.ts",
      "src/simulate/worker.ts",
      "src/page/client/trace-page.ts",
      "src/page/client/explorer-page.ts",
    ];
    const reached = new Set([...entrances, ...sources.filter(isTest)]);
    for (const file of reached) {
      // Tests have model files as text, and those imports lead elsewhere.
      for (const imported of importsOf(file)) if (sources.includes(imported)) reached.add(imported);
    }
    const dead = engine.filter((file) => !reached.has(file));
    expect(dead).toEqual([]);
  });
});

describe("the package", () => {
  test("is installed from whichever registry the reader uses", () => {
    expect(read("package-lock.json")).not.toContain('"resolved"');
  });

  test("has the scripts that its README speaks of", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: { [name: string]: string } };
    const named = [...read("README.md").matchAll(/npm (?:run )?([a-z][\w:]*)/g)].map(([, name]) => name!);
    const ofNpm = ["ci", "run"];
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining(named.filter((name) => !ofNpm.includes(name))),
    );
    expect(read("README.md")).toContain("npm ci && npx muchado check\n");
    expect(read("README.md")).toContain("npm ci && npm test\n");
  });

  test("ships the files that its manifest names", () => {
    const manifest = JSON.parse(read("package.json")) as { bin: { muchado: string }; exports: object };
    const named = JSON.stringify([manifest.bin, manifest.exports]).matchAll(
      /"(?:\.\/)?((?:bin|dist|src)\/[^"]+)"/g,
    );
    for (const [, file] of named) expect(() => read(file!)).not.toThrow();
    const modules = Object.values(manifest.exports).flatMap((entry) => Object(entry).default ?? []);
    expect(modules).toEqual(DOORS.map((door) => `./dist/${door.replace(/\.ts$/, ".js")}`));
  });
});
