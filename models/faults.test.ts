import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { codeIn, replayed, tableRows } from "../src/cli/test-guide.ts";
import { type Instance, instantiate, type Model } from "../src/index.ts";
import { initialStates, steps } from "../src/model/plain.ts";
import { diff } from "../src/schema/diff.ts";
import { catalog } from "./catalog.ts";

const path = fileURLToPath(new URL("../../docs/faults.md", import.meta.url));
const page = readFileSync(path, "utf8");

/** What a fault is told to do, or does: its name, its default budget, and the fields it changes, in order. */
type Account = readonly [fault: string, budget: string, fields: readonly string[]];

const withoutIndices = (field: string): string => field.replaceAll(/\[\w+\]/g, "[]");
const sorted = (fields: Iterable<string>): string[] => [...new Set([...fields].map(withoutIndices))].sort();

/** The rows of the page's table about a model. */
function told(name: string): Account[] {
  return tableRows(page, "models | fault | budget | happens | changes")
    .filter(([models]) => codeIn(models!).includes(name))
    .map(([, fault, budget, , fields]) => [codeIn(fault!)[0]!, budget!, sorted(codeIn(fields!))]);
}

/** Bounds at which each fault soon strikes in all its ways. */
const bounds: { readonly [model: string]: { readonly [bound: string]: number } } = {
  "chain-replication": { servers: 2, epochs: 3 },
};

/** What the faults of a model do in its first states. */
function done(instance: Instance, enoughStates = 400): Account[] {
  const changes = new Map(Object.keys(instance.budgets).map((fault) => [fault, new Set<string>()]));
  const known = new Map(initialStates(instance).map((state) => [JSON.stringify(state), state]));
  for (const state of known.values()) {
    for (const { label, after } of steps(instance, state)) {
      if (known.size < enoughStates) known.set(JSON.stringify(after), after);
      if (!changes.has(label.action)) continue;
      const fields = diff(instance.root, state, after).map((change) => change.split(":")[0]!);
      for (const field of fields) if (!field.startsWith("spent.")) changes.get(label.action)!.add(field);
    }
  }
  return [...changes].map(([fault, fields]) => [fault, String(instance.budgets[fault]), sorted(fields)]);
}

describe("docs/faults.md", () => {
  test("shows what its commands print; `vitest -u` has it show what they print now", async () => {
    await expect(await replayed(page)).toMatchFileSnapshot(path);
  });

  const protocols = catalog.filter(({ kind }) => kind === "protocol" || kind === "reference");
  test.each(protocols.map(({ model }): [string, Model] => [model.name, model]))(
    "tells what the faults of %s do",
    (name, model) => {
      expect(told(name)).toEqual(done(instantiate(model, bounds[name])));
    },
  );
});
