import { describe, expect, test } from "vitest";
import { type AdoEvent, type AdoR, refusal } from "./ado-r.ts";
import { guardInWords } from "./guards.ts";

const root = { round: 0, index: 0 };
const rounds: AdoR = [{ round: 1, owner: 0, parent: root, methods: ["a"], committed: 1 }];
const refused: readonly AdoEvent[] = [
  { kind: "pull", round: 2, owner: 1, parent: root },
  { kind: "invoke", round: 2, method: "b" },
  { kind: "push", round: 1, index: 1 },
];

describe("guards in words", () => {
  test.each(refused)("say what rule an event that is refused has broken: $kind", (event) => {
    expect(guardInWords(refusal(rounds, event, { leastPush: 1 })!)).toMatch(/^[A-Z].+\.$/);
  });

  test("are silent about reasons that name no guard", () => {
    expect(guardInWords("two clients hold the lock: c1, c2")).toBeUndefined();
    expect(guardInWords("toString: no")).toBeUndefined();
  });
});
