import { describe, expect, test } from "vitest";
import { schemaErrors } from "../report/test-schemas.ts";
import { counting, folder, muchado } from "./test-command.ts";

const unbounded = counting()
  .replace(/bounds: .*/, "bounds: {},")
  .replace("{ top }: { top: number }", "")
  .replaceAll("top", "5000");

/** Neither reduction is possible with one hand, and no search comes to its end. */
const refusing = `
import { array, model, node, range, system } from "muchado";

export default model({
  name: "few",
  about: "hands and a counter that goes far",
  bounds: { hands: { default: 3, min: 1, max: 3, about: "hands" } },
  system({ hands }: { hands: number }) {
    const hand = node(hands, "h");
    const state = { hands: array(hand, range(0, 1)), count: range(0, 2000000000) };
    return system(state, ({ action, always, step }) => ({
      actions: {
        move: action({ hand }, (s, { hand }) => { s.hands.set(hand, 1 - s.hands.get(hand)); }),
        count: action({}, (s) => { s.count++; }),
      },
      properties: { fine: hands === 1 ? step(() => true) : always(() => true) },
    }));
  },
});
`;

/** The only estimate of a command. */
async function estimated(words: readonly string[], cwd: string) {
  const { exitCode, stdout } = await muchado(["estimate", ...words, "--json"], { cwd });
  expect(exitCode).toBe(0);
  const document = JSON.parse(stdout);
  expect(schemaErrors("estimate", document)).toBeNull();
  return document.estimates[0];
}

describe.concurrent("muchado estimate", () => {
  test("tells what a check will cost, from smaller bounds", async () => {
    const words = ["two-phase-commit", "--bound", "participants=8", "--max-seconds", "6"];
    const { states, atLeast } = await estimated(words, folder());
    expect(states.value / 1_745_408).toBeGreaterThan(0.5);
    expect(states.value / 1_745_408).toBeLessThan(2);
    expect(states.low).toBeGreaterThanOrEqual(atLeast);
  });

  test("says so where it cannot tell, and what would help", async () => {
    const far = ["--bound", "top=100000", "--max-seconds", "0.1"];
    const cwd = folder({ "far.ts": counting(), "unbounded.ts": unbounded });
    const [known, unknown] = await Promise.all([
      muchado(["estimate", "far.ts", ...far], { cwd }),
      muchado(["estimate", "unbounded.ts", "--max-seconds", "0.1"], { cwd }),
    ]);
    expect(known.stdout).toMatch(/cannot tell: .* more time/);
    expect(unknown.stdout).toMatch(/cannot tell: .* nothing of it can be made smaller\n/);
    expect(await estimated(["far.ts", ...far], cwd)).toMatchObject({ states: null, isExact: false });
  });

  test("leaves out what smaller bounds refuse to be reduced by", async () => {
    const words = ["few.ts", "--max-seconds", "1", "--reduce", "symmetry,order"];
    expect(await estimated(words, folder({ "few.ts": refusing }))).toMatchObject({ states: null });
  });

  test("ends when it is interrupted", async () => {
    const words = ["estimate", "unbounded.ts", "--max-seconds", "60", "--json"];
    const { exitCode, stdout } = await muchado(words, {
      cwd: folder({ "unbounded.ts": unbounded.replaceAll("5000", "1000000") }),
      meanwhile: (child) => child.stderr!.once("data", () => setTimeout(() => child.kill("SIGINT"), 1000)),
    });
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout).error.message).toBe("interrupted before there was an answer");
  });

  test("needs a target", async () => {
    const { exitCode, stderr } = await muchado(["estimate"], { cwd: folder() });
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/estimate needs a target/);
  });
});
