import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileTheorem } from "./compile-theorem.ts";
import { formatError } from "./errors.ts";
import { parseProgram } from "./parse.ts";
import { printProgram, sameTree } from "./print.ts";
import { readProgram } from "./read-program.ts";

const folder = new URL("../../../models/applications/", import.meta.url);
const files = ["", "mutants/"].flatMap((inner) =>
  readdirSync(new URL(inner || ".", folder))
    .filter((name) => name.endsWith(".ado"))
    .map((name) => inner + name),
);
const sourceOf = (name: string) => readFileSync(new URL(name, folder), "utf8");

describe("the application", () => {
  it.each(files)("%s is free of errors, and its theorems compile", (name) => {
    const checked = readProgram(sourceOf(name), name);
    expect(checked.errors.map(formatError)).toEqual([]);
    if (!("typed" in checked)) return;
    const { theorems } = checked.typed.names;
    expect(theorems.size).toBeGreaterThan(0);
    for (const theorem of theorems.values()) {
      const compiled = compileTheorem(checked.typed, theorem);
      expect(compiled.workloads).toHaveLength(compiled.bounds.clients);
      for (const call of compiled.workloads.flat(2)) {
        expect(compiled.application.procedures.has(call.procedure)).toBe(true);
      }
    }
  });

  it.each(files)("%s is printed and read again as itself", (name) => {
    const { program } = parseProgram(sourceOf(name), name);
    const again = parseProgram(printProgram(program), name);
    expect(again.errors).toEqual([]);
    expect(sameTree(again.program.declarations, program.declarations)).toBe(true);
  });

  it.each(files)("%s begins by saying what it shows", (name) => {
    expect(sourceOf(name)).toMatch(name.startsWith("mutants/") ? /^\/\/ Mutant: / : /^\/\/ /);
  });
});

describe("every mutant", () => {
  it.each(files.filter((name) => name.startsWith("mutants/")))("%s claims that it is caught", (name) => {
    const checked = readProgram(sourceOf(name), name);
    if (!("typed" in checked)) throw new Error(checked.errors.map(formatError).join("\n"));
    const expected = [...checked.typed.names.theorems.values()].map((theorem) => theorem.expected);
    expect(new Set(expected)).toEqual(new Set(["violated"]));
  });
});

it("the program that opens the reference is free of errors", () => {
  const page = readFileSync(new URL("../../../docs/language.md", import.meta.url), "utf8");
  const program = /```\n([\s\S]*?)```/.exec(page)![1]!;
  const { errors } = readProgram(program, "language.md");
  expect(program).toContain("theorem counts");
  expect(errors.map(formatError)).toEqual([]);
});
