import { describe, expect, test } from "vitest";
import type { History } from "./history.ts";
import { HistoryRecorder } from "./history-recorder.ts";
import { keyValueStore } from "./key-value-store.ts";
import { linearize } from "./linearize.ts";
import { register } from "./register.ts";
import { refutationOf } from "./replay.ts";
import type { SequentialObject } from "./sequential-object.ts";
import { choicesOf, randomHistory } from "./test-random-history.ts";
import { canonicalText, type Value } from "./value.ts";

/** A history from lines such as "a write 1" (a call), "a -> 1" (a return) and "a ?" (no longer waiting). */
function historyOf(...events: string[]): History {
  const recorder = new HistoryRecorder();
  for (const event of events) {
    const [client, word, ...rest] = event.split(" ");
    const values = rest.map((text): Value => JSON.parse(text));
    if (word === "->") recorder.complete(client!, values[0]!);
    else if (word === "?") recorder.abandon(client!);
    else recorder.invoke({ client: client!, method: word!, args: values });
  }
  return recorder.history();
}

/** A queue; a dequeue from an empty one returns null. */
const queue: SequentialObject<readonly Value[]> = {
  initial: [],
  apply(items, method, args) {
    if (method === "enqueue") return [[...items, args[0]!], null];
    return [items.slice(1), items[0] ?? null];
  },
  key: canonicalText,
};

describe("histories of a queue from Herlihy and Wing (1990), section 1", () => {
  test("H1: concurrent enqueues may take effect in either order", () => {
    const history = historyOf(
      'a enqueue "x"',
      'b enqueue "y"',
      "b -> null",
      "a -> null",
      "b dequeue",
      'b -> "x"',
      "a dequeue",
      'a -> "y"',
      'a enqueue "z"',
    );
    expect(linearize(history, queue)).toMatchObject({ kind: "linearizable", linearization: [0, 1, 2, 3] });
  });

  test("H2: what was enqueued first is not dequeued second", () => {
    const history = historyOf(
      'a enqueue "x"',
      "a -> null",
      'b enqueue "y"',
      "a dequeue",
      "b -> null",
      'a -> "y"',
    );
    expect(linearize(history, queue).kind).toBe("not-linearizable");
  });

  test("H3: a pending enqueue may have taken effect", () => {
    const history = historyOf('a enqueue "x"', "b dequeue", 'b -> "x"');
    expect(linearize(history, queue)).toMatchObject({ kind: "linearizable", linearization: [0, 1] });
  });

  test("H4: no item is dequeued twice", () => {
    const history = historyOf(
      'a enqueue "x"',
      'b enqueue "y"',
      "a -> null",
      "b -> null",
      "a dequeue",
      "c dequeue",
      'a -> "y"',
      'c -> "y"',
    );
    expect(linearize(history, queue).kind).toBe("not-linearizable");
  });
});

describe("histories of a register", () => {
  test("an empty history is linearizable", () => {
    expect(linearize([], register())).toEqual({ kind: "linearizable", linearization: [], configurations: 0 });
  });

  test("a read during a write sees the old or the new value", () => {
    for (const seen of [0, 1]) {
      const history = historyOf("a write 1", "b read", `b -> ${seen}`, "a -> null");
      expect(linearize(history, register(0)).kind).toBe("linearizable");
    }
  });

  test("a read after a write does not see the old value", () => {
    const history = historyOf("a write 1", "a -> null", "b read", "b -> 0");
    expect(linearize(history, register(0)).kind).toBe("not-linearizable");
  });

  test("of two reads during a write the second does not see the older value", () => {
    const history = historyOf("a write 1", "b read", "b -> 1", "c read", "c -> 0", "a -> null");
    expect(linearize(history, register(0)).kind).toBe("not-linearizable");
  });

  test("a write whose client gave up may take effect late, once, or never", () => {
    const lost = ["a write 1", "a ?", "a read", "a -> 0"];
    expect(linearize(historyOf(...lost), register(0))).toMatchObject({ linearization: [1] });
    expect(linearize(historyOf(...lost, "b read", "b -> 1"), register(0))).toMatchObject({
      linearization: [1, 0, 2],
    });
    const twice = historyOf(...lost, "b read", "b -> 1", "b write 2", "b -> null", "a read", "a -> 1");
    expect(linearize(twice, register(0)).kind).toBe("not-linearizable");
  });

  test("many writes that were given up do not hide what nobody wrote", () => {
    const lost = Array.from({ length: 60 }, (_, i) => [`a write ${i}`, "a ?"]).flat();
    const { kind, configurations } = linearize(historyOf(...lost, "b read", "b -> 99"), register(0));
    expect(kind).toBe("not-linearizable");
    expect(configurations).toBeLessThan(100);
    const reads = [3, 40, 3].flatMap((value) => ["b read", `b -> ${value}`]);
    expect(linearize(historyOf(...lost, ...reads.slice(0, 4)), register(0)).kind).toBe("linearizable");
    expect(linearize(historyOf(...lost, ...reads), register(0)).kind).toBe("not-linearizable");
  });

  test("each of two equal pending writes can take effect", () => {
    const lost = ["a write 1", "a ?", "a write 1", "a ?"];
    const onceMore = ["b write 2", "b -> null", "b read", "b -> 1"];
    const seenTwice = [...lost, "b read", "b -> 1", ...onceMore];
    expect(linearize(historyOf(...seenTwice), register(0)).kind).toBe("linearizable");
    expect(linearize(historyOf(...seenTwice, ...onceMore), register(0)).kind).toBe("not-linearizable");
  });

  test("a compare-and-set says whether it wrote", () => {
    const race = ["a cas 0 1", "b cas 0 2", "a -> true", "b -> false", "a read"];
    expect(linearize(historyOf(...race, "a -> 1"), register(0)).kind).toBe("linearizable");
    expect(linearize(historyOf(...race, "a -> 2"), register(0)).kind).toBe("not-linearizable");
  });

  test("a method that the object lacks is named", () => {
    expect(() => linearize(historyOf("a increment", "a -> null"), register(0))).toThrow(
      new RangeError(
        "a register has no increment of 0 arguments; it has read(), write(value) and cas(old, new)",
      ),
    );
  });
});

describe("histories of a key-value store", () => {
  test("keys are checked one by one and the culprit is named", () => {
    const history = historyOf(
      'a put "x" 1',
      'b put "y" 1',
      "a -> null",
      "b -> null",
      'a get "x"',
      'b get "y"',
      "a -> 1",
      "b -> 2",
    );
    const part = { name: '"y"', operations: [1, 3] };
    expect(linearize(history, keyValueStore())).toMatchObject({ kind: "not-linearizable", part });
  });

  test("the witness keeps the real-time order between keys", () => {
    const history = historyOf('a put "x" 1', "a -> null", 'b put "y" 1', "b -> null", 'a get "x"', "a -> 1");
    expect(linearize(history, keyValueStore())).toMatchObject({ linearization: [0, 1, 2] });
  });

  test("put, append, delete and compare-and-set are understood, absent keys read as told", () => {
    const events = [
      'a get "x"',
      'a -> ""',
      'a append "x" "1"',
      "a -> null",
      'a append "x" "2"',
      "a -> null",
      'a cas "x" "12" [3]',
      "a -> true",
      'a append "x" 4',
      "a -> null",
      'a get "x"',
      "a -> [3,4]",
      'a delete "x"',
      "a -> null",
      'a cas "x" "" 5',
      "a -> true",
      'a put "x" null',
      "a -> null",
      'a get "x"',
      "a -> null",
    ];
    expect(linearize(historyOf(...events), keyValueStore("")).kind).toBe("linearizable");
  });

  test("instances are independent objects", () => {
    const call = { kind: "complete", method: "read", args: [] } as const;
    const history: History = [
      {
        ...call,
        client: "a",
        instance: "x",
        method: "write",
        args: [1],
        invoked: 0,
        returned: 1,
        result: null,
      },
      { ...call, client: "a", instance: "x", invoked: 2, returned: 3, result: 1 },
      { ...call, client: "a", instance: "y", invoked: 4, returned: 5, result: 0 },
    ];
    expect(linearize(history, register(0)).kind).toBe("linearizable");
  });
});

describe("large histories", () => {
  const choose = choicesOf(1);
  const call = (values: number) => () => {
    const key = `k${choose(10)}`;
    const kind = choose(10);
    if (kind < 5) return { method: "get", args: [key] };
    if (kind < 8) return { method: "put", args: [key, choose(values)] };
    return { method: "cas", args: [key, choose(values), choose(values)] };
  };

  test("1,000 operations on 10 keys by 10 clients are answered after few configurations", () => {
    const object = keyValueStore();
    const history = randomHistory({
      object,
      clients: 10,
      operations: 1000,
      lostPerMille: 0,
      choose,
      call: call(5),
    });
    const verdict = linearize(history, object, { maxConfigurations: 10_000 });
    expect(verdict.kind).toBe("linearizable");
    expect(history).toHaveLength(1000);
  });

  test("so are 1,700 operations when the store is not taken apart by key", () => {
    const { partition, ...whole } = keyValueStore();
    expect(partition).toBeDefined();
    const history = randomHistory({
      object: whole,
      clients: 10,
      operations: 1700,
      lostPerMille: 2,
      choose,
      call: call(5),
    });
    const verdict = linearize(history, whole, { maxConfigurations: 100_000 });
    expect(verdict.kind).toBe("linearizable");
    if (verdict.kind === "linearizable")
      expect(refutationOf(verdict.linearization, history, whole)).toBeUndefined();
  });
});

describe("savings", () => {
  const choose = choicesOf(3);
  const call = () => {
    if (choose(2) === 0) return { method: "read", args: [] };
    return { method: "write", args: [choose(3)] };
  };
  const made = randomHistory({
    object: register(0),
    clients: 4,
    operations: 60,
    lostPerMille: 30,
    choose,
    call,
  });
  const nobodyWrote = { kind: "complete", client: "z", method: "read", args: [], result: 99 } as const;
  const history = [...made, { ...nobodyWrote, invoked: 1000, returned: 1001 }];

  test("keep the number of configurations of an exhausted search as low as it is", () => {
    const { isReadOnly, ...slow } = register(0);
    expect(isReadOnly).toBeDefined();
    expect(linearize(history, register(0))).toMatchObject({ kind: "not-linearizable", configurations: 224 });
    expect(linearize(history, slow)).toMatchObject({ kind: "not-linearizable", configurations: 593 });
  });
});

describe("limits", () => {
  /** Nobody wrote what is read, but to know that takes every set of 30 concurrent writes. */
  const writes = Array.from({ length: 30 }, (_, index) => `c${index} write ${index}`);
  const returns = Array.from({ length: 30 }, (_, index) => `c${index} -> null`);
  const hopeless = historyOf(...writes, ...returns, "a read", "a -> 99");

  test("the answer is unknown when the configurations are spent", () => {
    expect(linearize(hopeless, register(), { maxConfigurations: 5000 })).toEqual({
      kind: "unknown",
      limit: "configurations",
      configurations: 5000,
    });
  });

  test("the answer is unknown when the memory is spent", () => {
    expect(linearize(hopeless, register(), { maxBytes: 1 << 20 })).toMatchObject({
      kind: "unknown",
      limit: "bytes",
    });
  });

  test("the answer is unknown when the caller asks to stop", () => {
    let asked = 0;
    const verdict = linearize(hopeless, register(), { keepGoing: () => ++asked < 3 });
    expect(verdict).toMatchObject({ kind: "unknown", limit: "deadline" });
    expect(asked).toBe(3);
  });

  test("a violation in one part is found although another part is too hard", () => {
    const easy = historyOf("a read", "a -> 99").map((operation) => ({ ...operation, instance: "easy" }));
    const hard = hopeless.map((operation) => ({ ...operation, instance: "hard" }));
    const shifted = hard.map((operation) => ({
      ...operation,
      invoked: operation.invoked + 100,
      client: `h${operation.client}`,
    }));
    const history = [
      ...easy,
      ...shifted.map((operation) =>
        "returned" in operation ? { ...operation, returned: operation.returned + 100 } : operation,
      ),
    ];
    expect(linearize(history, register(), { maxConfigurations: 5000 })).toMatchObject({
      kind: "not-linearizable",
      part: { name: "easy" },
    });
  });

  test("many lost writes are no trouble when they explain nothing", () => {
    const lost = Array.from({ length: 40 }, (_, index) => [`a write ${index}`, "a ?"]).flat();
    const reads = Array.from({ length: 40 }, () => ["b write 99", "b -> null", "b read", "b -> 99"]).flat();
    expect(linearize(historyOf(...lost, ...reads), register(), { maxConfigurations: 100 }).kind).toBe(
      "linearizable",
    );
  });
});

describe("a wrong sequential object", () => {
  test("is refused when an operation it calls read-only changes the state", () => {
    const object = { ...register(0), isReadOnly: () => true };
    expect(() => linearize(historyOf("a write 1", "a -> null"), object)).toThrow(
      "read-only changed the state",
    );
  });

  test("is refused when the linearization found with its keys does not stand", () => {
    const object = { ...register(0), key: () => "same" };
    const history = historyOf("a write 1", "a -> null", "a read", "a -> 0");
    expect(() => linearize(history, object)).toThrow("the linearization found is none");
  });
});
