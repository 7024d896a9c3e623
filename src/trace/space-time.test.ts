import { describe, expect, test } from "vitest";
import { layOut } from "./space-time.ts";
import { documentsOf, motley, pinging, unreliable } from "./test-documents.ts";
import type { TraceDocument, Transfer } from "./trace-document.ts";

const distances = { lane: 100, row: 10 };
const placed = (document: TraceDocument) => layOut(document, distances);

/** `1 received 1→2 n1→n2` */
const arrowTexts = (document: TraceDocument): string[] => {
  const { lanes, arrows } = placed(document);
  const at = (x: number): string => lanes.find((lane) => lane.x === x)?.node ?? "·";
  return arrows.map(
    ({ id, kind, isCopy, sentAt, endsAt, from, to }) =>
      `#${id} ${kind}${isCopy ? " copy" : ""} ${sentAt}→${endsAt} ${at(from.x)}→${at(to.x)}`,
  );
};

describe("the space-time diagram", () => {
  test("has a lane for each node and a row for each step", () => {
    const { lanes, rows, width, height } = placed(documentsOf(pinging).get("endless")!);
    expect(lanes).toEqual([
      { node: "n1", x: 50 },
      { node: "n2", x: 150 },
    ]);
    expect(rows.map(({ step, y, points }) => [step, y, points.map(({ x }) => x)])).toEqual([
      [0, 5, []],
      [1, 15, [50]],
      [2, 25, [150]],
      [3, 35, [150]],
      [4, 45, [50]],
    ]);
    expect([width, height]).toEqual([200, 50]);
  });

  test("has an arrow for each time a message is received", () => {
    expect(arrowTexts(documentsOf(pinging).get("endless")!)).toEqual([
      "#1 received 1→2 n1→n2",
      "#1 received 1→3 n1→n2",
      "#2 received 3→4 n2→n1",
    ]);
  });

  test("has copies set out where they were made, and a lane for what happens at no node", () => {
    const document = documentsOf(unreliable).get("in/order")!;
    expect(placed(document).lanes.map(({ node }) => node)).toEqual(["p1", "p2", null]);
    expect(arrowTexts(document)).toEqual([
      "#1 received 1→3 p1→p2",
      "#1 received copy 2→4 ·→p2",
      "#2 lost 5→7 p1→p2",
      "#3 received 6→8 p1→p2",
    ]);
  });

  test("has a stub for what was sent and never received, and none for the rest", () => {
    for (const document of documentsOf(motley).values()) {
      const { arrows } = placed(document);
      const transfers = document.trace.steps.flatMap(({ transfers }) => transfers);
      const ofKind = (wanted: Transfer["kind"]) => transfers.filter(({ kind }) => kind === wanted).length;
      const waiting = arrows.filter(({ kind }) => kind === "waiting");
      expect(waiting.length).toBe(ofKind("sent"));
      expect(waiting.length).toBeGreaterThan(0);
    }
  });

  test("begins an arrow in the first state where a message was there from the start", () => {
    const document = documentsOf(pinging).get("endless")!;
    const [, ...rest] = document.trace.steps;
    const cut = { ...document, trace: { ...document.trace, steps: rest } };
    expect(arrowTexts(cut).slice(0, 2)).toEqual(["#1 received 0→1 ·→n2", "#1 received 0→2 ·→n2"]);
  });
});
