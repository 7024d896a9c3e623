import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooser, type Offer, STRATEGIES, type StrategyName } from "./strategy.ts";

const FAULT = 9;
const TURNS = 80;

/** Steps on offer: who takes each, and by which action. */
function offer(steps: readonly { readonly agent: number; readonly action: number }[]): Offer {
  return {
    count: steps.length,
    action: (i) => steps[i]!.action,
    agent: (i) => steps[i]!.agent,
    isFault: (i) => steps[i]!.action === FAULT,
  };
}

/** What a strategy chooses turn by turn in a walk where the offer is always the same. */
class Choices extends fc.Arbitrary<number[]> {
  readonly #name: StrategyName;
  readonly #offer: Offer;

  constructor(name: StrategyName, offered: Offer) {
    super();
    this.#name = name;
    this.#offer = offered;
  }

  override generate(random: fc.Random): fc.Value<number[]> {
    const choose = chooser(this.#name, random, { steps: TURNS, agents: 4, hasFaults: true });
    const chosen = Array.from({ length: TURNS }, (_, turn) => choose(this.#offer, turn));
    return new fc.Value(chosen, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is number[] {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<number[]>> {
    return fc.Stream.nil();
  }
}

const walks = (name: StrategyName, offered: Offer): number[][] =>
  fc.sample(new Choices(name, offered), { numRuns: 60, seed: 1 });

/** The part of all choices that is `choice`. */
const part = (chosen: readonly number[][], choice: number): number =>
  chosen.flat().filter((other) => other === choice).length / chosen.flat().length;

const mixed = offer([
  { agent: 0, action: 0 },
  { agent: 0, action: 0 },
  { agent: 1, action: 0 },
  { agent: 2, action: 1 },
  { agent: 3, action: FAULT },
]);

describe("a strategy", () => {
  test.each(STRATEGIES)("chooses among what is on offer, and every step sooner or later: %s", (name) => {
    expect(new Set(walks(name, mixed).flat())).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  test("gives each step the same chance, or each action", () => {
    const [uniform, actions] = (["uniform", "actions"] as const).map((name) => walks(name, mixed));
    for (const step of [0, 1, 2, 3, 4]) expect(part(uniform!, step)).toBeCloseTo(1 / 5, 1);
    expect(part(actions!, 3)).toBeCloseTo(1 / 3, 1);
    expect(part(actions!, 0)).toBeCloseTo(1 / 9, 1);
  });

  test("stays with an agent", () => {
    const agents = [0, 0, 1, 2, 3];
    const switches = (name: StrategyName): number =>
      walks(name, mixed)
        .map((chosen) => chosen.filter((step, i) => i > 0 && agents[step] !== agents[chosen[i - 1]!]).length)
        .reduce((sum, count) => sum + count, 0);
    expect(switches("few-switches")).toBeLessThan(switches("uniform") / 4);
    expect(switches("priorities")).toBeLessThan(switches("uniform") / 4);
  });

  test("has its faults early, or late", () => {
    const times = (name: StrategyName): number[] =>
      walks(name, mixed).flatMap((chosen) => chosen.flatMap((step, turn) => (step === 4 ? [turn] : [])));
    expect(Math.max(...times("faults-early"))).toBeLessThanOrEqual(TURNS / 8);
    const late = walks("faults-late", mixed).map((chosen) => chosen.indexOf(4));
    expect(late.reduce((sum, turn) => sum + turn, 0) / late.length).toBeGreaterThan(TURNS / 8);
  });

  test("takes a fault where nothing else is on offer", () => {
    const only = offer([{ agent: 0, action: FAULT }]);
    for (const name of STRATEGIES) expect(new Set(walks(name, only).flat())).toEqual(new Set([0]));
  });
});
