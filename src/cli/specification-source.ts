/** From what a person calls a specification to the specification: a built-in one, an ADO of a program, or an export of a module. */

import { existsSync } from "node:fs";
import { extname } from "node:path";
import { builtInSpecifications, type Specification } from "../history/specifications.ts";
import { didYouMean } from "../schema/suggestion.ts";
import { readText } from "./text-file.ts";
import { ProgramError, UsageError } from "./usage-error.ts";

/** Where a specification is found, in any thread. */
export type SpecificationSource =
  | { readonly kind: "built-in"; readonly name: string }
  | {
      readonly kind: "program";
      readonly file: string;
      readonly text: string;
      readonly ado: string | undefined;
    }
  | { readonly kind: "module"; readonly module: string; readonly export: string };

/** @throws UsageError if nothing has that name, or the file cannot be read. */
export async function findSpecification(name: string | undefined): Promise<SpecificationSource> {
  if (name === undefined) {
    throw new UsageError(`say what the history is compared with, such as --spec register; ${available()}`);
  }
  if (builtInSpecifications.some((known) => known.name === name)) return { kind: "built-in", name };
  const [, path = name, wanted] = /^(.+\.\w+):([\p{L}_$][\p{L}\d_$]*)$/u.exec(name) ?? [];
  switch (extname(path)) {
    case ".ado":
      return { kind: "program", file: path, text: readText(path), ado: wanted };
    case ".ts":
    case ".mts":
    case ".js":
    case ".mjs":
      readText(path);
      return moduleSource(path, wanted);
    default:
      throw new UsageError(unknown(name));
  }
}

/** @throws UsageError if the program has errors, or its object is no specification. */
export async function loadSpecification(source: SpecificationSource): Promise<Specification> {
  switch (source.kind) {
    case "built-in":
      return builtInSpecifications.find(({ name }) => name === source.name)!;
    case "program": {
      const { NoSpecification, specificationIn } = await import("../language/recorded-specification.ts");
      try {
        return specificationIn(source.file, source.text, source.ado);
      } catch (error) {
        if (error instanceof NoSpecification) throw new ProgramError(error.message);
        throw error;
      }
    }
    case "module": {
      const exported = (await import(source.module)) as { readonly [name: string]: unknown };
      return exported[source.export] as Specification;
    }
  }
}

async function moduleSource(path: string, wanted: string | undefined): Promise<SpecificationSource> {
  const { openExports } = await import("./model-file.ts");
  const { module, exports } = await openExports(path);
  const names = exports.filter(([, value]) => isSpecificationLike(value)).map(([name]) => name);
  if (names.length === 0) {
    throw new UsageError(
      `${path}: no specification is exported; write \`export default { name, about, object, recording }\``,
    );
  }
  const chosen = wanted ?? names[0]!;
  if (!names.includes(chosen)) {
    throw new UsageError(
      `${path}: no specification is exported as ${chosen}; its specifications: ${names.join(", ")}`,
    );
  }
  return { kind: "module", module, export: chosen };
}

function isSpecificationLike(value: unknown): boolean {
  const { object, recording } = (value ?? {}) as Partial<Specification>;
  return (
    typeof object?.apply === "function" &&
    typeof object.key === "function" &&
    recording?.methods instanceof Map
  );
}

function unknown(name: string): string {
  if (name !== "" && existsSync(name))
    return `${name}: no specification; those are ADOs in .ado files, or exports of .ts or .js files`;
  const suggestion = didYouMean(
    name,
    builtInSpecifications.map((known) => known.name),
  );
  return `unknown specification ${JSON.stringify(name)}; ${suggestion === undefined ? available() : `${suggestion} ${available("There")}`}`;
}

function available(there = "there"): string {
  const builtIn = builtInSpecifications.map(({ name, about }) => `${name} (${about})`);
  return `${there} are ${builtIn.join(", ")}, with FILE.ado:Name any ADO of a program, and with FILE.ts:export an object in TypeScript`;
}
