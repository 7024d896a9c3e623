import { expect, test } from "vitest";
import type { CatalogEntry } from "../model/catalog.ts";
import { listText } from "./listing.ts";

const entry = (name: string, about: string, bounds = {}): CatalogEntry => ({
  kind: "protocol",
  model: { name, about, bounds, system: () => ({}) as never },
  reference: { module: "", export: "" },
});
const nodes = { nodes: { default: 3, min: 1, max: 7, about: "nodes" } };

test("targets stand in columns where there is room, and are told in passages where there is not", () => {
  const catalog = [entry("paxos", "agrees on one value", nodes), entry("lock", "excludes")];
  const columns =
    "paxos  protocol  nodes=3 (1..7)  agrees on one value\nlock   protocol                  excludes\n";
  expect(listText(catalog)).toBe(columns);
  expect(listText(catalog, 52)).toBe(columns);
  expect(listText(catalog, 20)).toBe(
    "paxos (protocol)\n    agrees on one\n    value\n    nodes=3 (1..7)\nlock (protocol)\n    excludes\n",
  );
});
