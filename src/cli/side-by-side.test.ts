import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import type { Run } from "../verdict/run.ts";
import type { PlannedRun } from "./plan.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { type Job, type SideBySideOptions, sideBySide, type Turn } from "./side-by-side.ts";

/** A job that goes on until it is told what it came to. */
interface Held {
  readonly title: string;
  readonly turn: Turn;
  hasOthers: boolean;
  readonly come: (limit: Run["limit"]) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** Those that go on, in the order in which they began. */
let going: Held[] = [];
beforeEach(() => {
  going = [];
});

const titles = (): string => going.map(({ title }) => title).join("");

/** Long enough for whatever follows from something. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await setImmediate();
}

function held(title: string): Job {
  return {
    plan: { target: title } as PlannedRun,
    carryOut: (turn) =>
      new Promise((resolve, reject) => {
        const leave = (end: () => void) => async (): Promise<void> => {
          going.splice(going.indexOf(own), 1);
          end();
          await settled();
        };
        const own: Held = {
          title,
          turn,
          hasOthers: turn.others === undefined,
          come: (limit) => leave(() => resolve({ target: title, limit } as Run))(),
          fail: (error) => leave(() => reject(error))(),
        };
        turn.others?.then(() => {
          own.hasOthers = true;
        });
        going.push(own);
      }),
  };
}

/** The runs of some jobs, and what they have come to so far. */
function start(names: string, options: Partial<SideBySideOptions> = {}) {
  const answers: string[] = [];
  const display = new ProgressDisplay(process.stderr, true);
  const { signal } = new AbortController();
  const runs = sideBySide([...names].map(held), {
    ...{ workers: 2, isSequential: false, maxBytes: 1000, signal, display },
    ...options,
  });
  const end = (async () => {
    for await (const { target, limit } of runs) answers.push(limit === null ? target : `${target}!`);
  })();
  return { answers, end };
}

describe("runs side by side", () => {
  test("are as many as there are processors, and answer in their order", async () => {
    const { answers, end } = start("abc");
    expect(titles()).toBe("ab");
    await going[1]!.come(null);
    expect([titles(), answers]).toEqual(["ac", []]);
    await going[0]!.come(null);
    expect([titles(), answers]).toEqual(["c", ["a", "b"]]);
    await going[0]!.come(null);
    await end;
    expect(answers).toEqual(["a", "b", "c"]);
  });

  test("have one worker each until processors are left over", async () => {
    const { end } = start("abc", { workers: 2 });
    await settled();
    expect(going.map(({ hasOthers }) => hasOthers)).toEqual([false, false]);
    await going[0]!.come(null);
    expect(going.map(({ hasOthers }) => hasOthers)).toEqual([false, false]);
    await going[0]!.come(null);
    expect(going.map(({ hasOthers }) => hasOthers)).toEqual([true]);
    await going[0]!.come(null);
    await end;
  });

  test("have all workers where there are twice as many as runs", async () => {
    const { end } = start("ab", { workers: 4 });
    await settled();
    expect(going.map(({ hasOthers }) => hasOthers)).toEqual([true, true]);
    for (const { come } of [...going]) await come(null);
    await end;
  });

  test("share the memory, and what that is too little for is done again alone", async () => {
    const { answers, end } = start("abc");
    expect(going.map(({ turn }) => turn.maxBytes)).toEqual([500, 500]);
    await going[0]!.come("memory");
    expect([titles(), answers]).toEqual(["b", []]);
    await going[0]!.come(null);
    expect([titles(), going[0]!.turn.maxBytes, going[0]!.hasOthers]).toEqual(["a", Infinity, true]);
    await going[0]!.come("memory");
    expect([titles(), answers]).toEqual(["c", ["a!", "b"]]);
    expect(going[0]!.turn.maxBytes).toBe(Infinity);
    await going[0]!.come(null);
    await end;
    expect(answers).toEqual(["a!", "b", "c"]);
  });

  test("come to an end when they are interrupted, and nothing begins any more", async () => {
    const interrupt = new AbortController();
    const { answers, end } = start("abcd", { signal: interrupt.signal });
    await going[0]!.come("memory");
    interrupt.abort();
    expect(titles()).toBe("b");
    await going[0]!.come("interrupted");
    await end;
    expect(answers).toEqual(["a!", "b!"]);
  });

  test("throw what one throws when it is its turn to answer", async () => {
    const { answers, end } = start("ab");
    const ended = expect(end).rejects.toThrow("no such file");
    await going[1]!.fail(new Error("no such file"));
    expect(answers).toEqual([]);
    await going[0]!.come(null);
    await ended;
    expect(answers).toEqual(["a"]);
  });

  test.each([
    ["there is one worker", { workers: 1 }],
    ["that is asked for", { isSequential: true }],
  ])("follow one another where %s", async (_, options) => {
    const { answers, end } = start("ab", options);
    expect(titles()).toBe("a");
    expect(going[0]!.turn).toMatchObject({ others: undefined, maxBytes: Infinity });
    await going[0]!.come("memory");
    expect(titles()).toBe("b");
    await going[0]!.come(null);
    await end;
    expect(answers).toEqual(["a!", "b"]);
  });
});
