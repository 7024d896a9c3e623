import { describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { documentsOf, pinging } from "../trace/test-documents.ts";
import { Explorer, NoSuchWay } from "./explorer.ts";
import { ring } from "./test-ring.ts";

const origin = { tool: { name: "muchado", version: "0" }, target: "pinging", repeat: "" };
const explorer = new Explorer(instantiate(pinging), origin);
const labels = (moves: readonly { readonly label: string }[]): string[] => moves.map(({ label }) => label);

describe("exploring by hand", () => {
  test("begins at a first state with the steps enabled there", () => {
    const { steps, nodes, firstStates } = explorer.story([0], "");
    expect([steps, nodes, firstStates]).toEqual([[], ["n1", "n2"], 1]);
    expect(labels(explorer.moves([0], "").moves)).toEqual(["ping(from: n1)"]);
  });

  test("goes on with the step that was taken, and its messages", () => {
    expect(labels(explorer.moves([0, 0], "").moves)).toEqual(["hear(message: ping{from: n1})"]);
    const { steps } = explorer.story([0, 0, 0], "");
    expect(labels(steps)).toEqual(["ping(from: n1)", "hear(message: ping{from: n1})"]);
    expect(steps[1]!.transfers).toMatchObject([{ kind: "received", message: "ping{from: n1}" }]);
  });

  test("says what the watched property says of every state, and of every step before it is taken", () => {
    const way = [0, 0, 0, 0];
    expect(explorer.story(way, "endless").marks.map(({ tone }) => tone)).toEqual(Array(4).fill("good"));
    const [last] = explorer.moves(way, "endless").moves.filter(({ action }) => action === "end");
    expect(last?.mark).toEqual({ tone: "bad", text: "it is over" });
    expect(explorer.story([0], "nothing of that name").marks).toEqual([]);
  });

  test("goes on beside a property that throws", () => {
    const instance = instantiate(pinging);
    const properties = instance.properties.map(([name]) => [
      name,
      { kind: "always", parts: 1, isStable: false, test: () => JSON.parse("oh") },
    ]) as unknown as typeof instance.properties;
    const [name] = properties[0]!;
    const [move] = new Explorer({ ...instance, properties }, origin).moves([0], name).moves;
    expect(move?.mark?.text).toMatch(new RegExp(`^${name} threw SyntaxError: `));
  });

  test("goes on beside an action that throws", () => {
    const instance = instantiate(pinging);
    const [first, ...others] = instance.transitions;
    const throwing = { ...first!, name: "burst", parameters: [], body: () => JSON.parse("oh") };
    const broken = new Explorer({ ...instance, transitions: [throwing, first!, ...others] }, origin);
    const { moves, fault } = broken.moves([0], "");
    expect(labels(moves)).toEqual(["ping(from: n1)"]);
    expect(fault).toMatch(/^burst\(\) threw SyntaxError: /);
    expect(broken.story([0, 0], "").steps).toHaveLength(1);
  });

  test("refuses ways that are not there", () => {
    expect(() => explorer.story([1], "")).toThrow(NoSuchWay);
    expect(() => explorer.story([0, 7], "")).toThrow("after 0 steps, only one step can be taken");
  });

  test("finds a trace again, and is where it ends", () => {
    const document = documentsOf(pinging).get("endless")!;
    const { way, remark } = explorer.retrace(document);
    expect(remark).toBeNull();
    expect(explorer.story(way, "").steps).toEqual(
      document.trace.steps.map((step) => expect.objectContaining({ label: step.label, state: step.state })),
    );
  });

  test("goes along with a trace as far as the model does, and says which guard refused what", () => {
    const document = documentsOf(pinging).get("endless")!;
    const [first, , ...others] = document.trace.steps;
    const shortened = { ...document, trace: { ...document.trace, steps: [first!, ...others] } };
    const { way, remark } = explorer.retrace(shortened);
    expect(way).toHaveLength(3);
    expect(remark).toMatch(
      /^The trace can be followed to step 2 of 3: end\(at: n1\) cannot be taken: its guard refuses/,
    );
  });

  test("says where a trace that it can follow leads elsewhere", () => {
    const document = documentsOf(pinging).get("endless")!;
    const [first, second, ...others] = document.trace.steps;
    const steps = [first!, { ...second!, state: {} }, ...others];
    const { way, remark } = explorer.retrace({ ...document, trace: { ...document.trace, steps } });
    expect(way).toHaveLength(5);
    expect(remark).toBe("From step 2 on the states are not those of the trace.");
  });

  test("says so where a trace is of something else", () => {
    const { way, remark } = explorer.retrace(documentsOf(ring).get("endless")!);
    expect(way).toEqual([0]);
    expect(remark).toBe("The trace can be followed to step 0 of 5: begin: there is no such action or fault.");
  });
});
