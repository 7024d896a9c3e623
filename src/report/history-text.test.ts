import { describe, expect, test } from "vitest";
import { type HistoryFileOptions, parseHistory } from "../history/history-file.ts";
import type { SearchLimits } from "../history/search.ts";
import { builtInSpecifications } from "../history/specifications.ts";
import { judgeHistory } from "../verdict/judge-history.ts";
import { type HistoryAnswer, historyDocument } from "./history-document.ts";
import { historyText } from "./history-text.ts";
import { painter } from "./paint.ts";
import { schemaErrors } from "./test-schemas.ts";

const specification = builtInSpecifications.find(({ name }) => name === "register")!;

/** The answer about a register whose events are written `process type f value`. */
function answerTo(events: readonly string[], limits: Partial<SearchLimits> = {}): HistoryAnswer {
  const lines = events.map((event) => {
    const [process, type, f, value = "null"] = event.split(" ");
    return `{"process": ${JSON.stringify(process)}, "type": "${type}", "f": "${f}", "value": ${value}}`;
  });
  const options: HistoryFileOptions = { file: "h.jsonl", recording: specification.recording };
  const judgement = judgeHistory(parseHistory(lines.join("\n"), options), specification, limits);
  return {
    tool: { name: "muchado", version: "1.2.3" },
    exitCode: { linearizable: 0, "not-linearizable": 1, unknown: 2 }[judgement.verdict],
    file: "h.jsonl",
    specification: "register",
    judgement,
    limit: judgement.limit,
    seconds: 0.25,
    repeat: "muchado linearize h.jsonl --spec register",
  };
}

const textOf = (answer: HistoryAnswer, width?: number): string =>
  historyText(answer, { width, paint: painter(false) });

const lost = ["a invoke write 1", "a info write", "b invoke read", "b ok read 1"];
const stale = [
  ...["0 invoke write 1", "0 ok write", "1 invoke write 2", "2 invoke read", "2 ok read 1", "1 ok write"],
  ...["2 invoke read", "2 ok read 1"],
];
/** Reads among concurrent writes, of which most orders lead on, and none to the end. */
const hard = [
  ...Array.from({ length: 12 }, (_, i) => `w${i} invoke write ${i}`),
  ...Array.from({ length: 12 }, (_, i) => `w${i} ok write`),
  ...Array.from({ length: 12 }, (_, i) => `c${i} invoke cas [${i},${i + 1}]`),
  ...Array.from({ length: 12 }, (_, i) => `c${i} ok cas true`),
  ...["r invoke read", "r ok read 99"],
];

describe("the text of an answer", () => {
  test("says that a history is linearizable, and how many pending calls took effect", () => {
    expect(textOf(answerTo(lost))).toBe(
      "linearizable h.jsonl (register): 2 operations, 2 clients, 1 pending of which 1 took effect, one configuration, 0.25 s\n" +
        "  repeat: muchado linearize h.jsonl --spec register\n",
    );
  });

  test("says why a history is not, in 80 columns", () => {
    expect(textOf(answerTo(stale)).split("\n").slice(1, -2)).toEqual([
      "  No order of the calls explains their answers up to line 8, where read() by 2",
      "  answered 1; without this answer, one does.",
      "  line  client  call        time",
      "     1  0       write(1)    ├┤",
      "     3  1       write(2)      ├──┤",
      "     4  2       read() → 1     ├┤",
      "     7  2       read() → 1        ├┤",
      "  The orders that get furthest:",
      "  1. write(1) by 0, read() by 2, write(2) by 1; then the state is 2, and the",
      "     next, read() by 2, would answer 2, not 1",
    ]);
  });

  test("shows what is pending, and what returned only later, without an end", () => {
    const [, , , , ...rows] = textOf(
      answerTo([
        ...["a invoke write 1", "b invoke write 2", "a info write", "c invoke read", "d invoke read"],
        ...["c ok read 3", "d ok read 0", "b ok write"],
      ]),
    ).split("\n");
    expect(rows.slice(0, 4)).toEqual([
      "     1  a       write(1) → ?  ├────┄",
      "     2  b       write(2) → ?   ├───┄",
      "     4  c       read() → 3      ├─┤",
      "     5  d       read() → ?       ├─┄",
    ]);
  });

  test.each([40, 60, 80, 120])("keeps to %s columns, whatever the values", (width) => {
    const long = JSON.stringify(`${"x".repeat(300)}\x1b[2J`);
    const many = Array.from({ length: 60 }, (_, i) => [`${i % 7} invoke write ${i}`, `${i % 7} ok write`]);
    const events = [...many.flat(), `1 invoke write ${long}`, "2 invoke read", "2 ok read 7", "1 ok write"];
    const lines = textOf(answerTo(events), width).split("\n").slice(1, -2);
    expect(lines.length).toBeGreaterThan(15);
    expect(lines.join("\n")).not.toContain("\x1b");
    for (const line of lines) {
      if (line.trim().includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test("says what ended a search, and that nothing is known", () => {
    expect(textOf(answerTo(hard, { maxConfigurations: 100 }))).toContain(
      "\n  stopped at the limit of configurations (--max-configurations): it may be linearizable or not\n",
    );
    expect(textOf(answerTo(hard, { keepGoing: () => false }))).toContain("limit of time (--max-seconds)");
  });
});

describe("the document of an answer", () => {
  test.each([
    ["linearizable", lost, {}, null],
    ["not-linearizable", stale, {}, null],
    ["unknown", hard, { maxConfigurations: 100 }, "configurations"],
    ["unknown", hard, { maxBytes: 1 }, "memory"],
  ])("keeps to its schema where the verdict is %s", (verdict, events, limits, limit) => {
    const document = JSON.parse(historyDocument(answerTo(events, limits)));
    expect(schemaErrors("linearize", document)).toBeNull();
    expect(document).toMatchObject({ verdict, limit, history: "h.jsonl" });
  });

  test("refers to operations by their place, and has large integers whole", () => {
    const document = JSON.parse(historyDocument(answerTo([...stale, "3 invoke write 9007199254740993"])));
    expect(document.operations[4]).toEqual({
      client: "3",
      instance: null,
      method: "write",
      args: ["9007199254740993"],
      isPending: true,
      result: null,
      line: 9,
    });
    expect(document.explanation).toMatchObject({
      part: null,
      returning: 3,
      line: 8,
      isShortest: true,
      operations: [0, 1, 2, 3],
      attempts: [{ state: "2", stuck: 3, answer: 2 }],
    });
  });
});
