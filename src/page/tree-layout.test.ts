import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DrawnCache } from "../model/property.ts";
import { treeLayout } from "./tree-layout.ts";

const cache = (id: string, parent: string | null): DrawnCache => ({
  id,
  parent,
  kind: "method",
  round: 1,
  owner: "n1",
  label: id,
  isCommitted: false,
});

const placesOf = (caches: readonly DrawnCache[]): { [id: string]: [column: number, row: number] } =>
  Object.fromEntries(
    treeLayout({ caches, log: [], answers: [] }).placed.map(({ cache: { id }, column, row }) => [
      id,
      [column, row],
    ]),
  );

describe("the layout of a tree", () => {
  test("has first children beside their parents and the others below", () => {
    const caches = [cache("a", null), cache("b", "a"), cache("c", "b"), cache("d", "a"), cache("e", null)];
    expect(placesOf(caches)).toEqual({ a: [1, 0], b: [2, 0], c: [3, 0], d: [2, 1], e: [1, 2] });
  });

  test("has a row of its own for what stands on nothing", () => {
    expect(placesOf([cache("a", null), cache("lost", "gone"), cache("odd", "odd")])).toEqual({
      a: [1, 0],
      lost: [1, 1],
      odd: [1, 2],
    });
  });

  test("never puts two caches in one place", () => {
    const parents = fc.array(fc.nat(), { maxLength: 12 });
    const property = fc.property(parents, (numbers) => {
      const caches = numbers.map((n, i) => cache(String(i), n % (i + 1) === i ? null : String(n % (i + 1))));
      const places = Object.values(placesOf(caches)).map(String);
      expect(new Set(places).size).toBe(caches.length);
    });
    fc.assert(property);
  });
});
