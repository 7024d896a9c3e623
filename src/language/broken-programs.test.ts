import { describe, expect, it } from "vitest";
import { overOf } from "../../models/catalog.ts";
import { explore } from "../explore/explore.ts";
import { instantiate } from "../model/instance.ts";
import { simulate } from "../simulate/simulate.ts";
import { judge } from "../verdict/judge.ts";
import { theoremsOf } from "./load.ts";

/** What goes wrong in local computation if x is 1, and what is said of it. */
const mistakes = {
  "a loop that does not end": ["if (x == 1) { while (true) {} }", "this loop does not end"],
  "a division by zero": ["y := 10 / (x - 1);", "divided by 0"],
  "a value that is not there": ["o := None; if (x == 2) { o := Some(1); } y := the(o);", "None has no value"],
  "a local without a value": ["if (x == 2) { y := 1; } y := y + 1;", "`y` has no value yet"],
  "FAIL in a sum": ["f := 0; if (x == 1) { f := FAIL; } y := f + 1;", "this is FAIL, not a number"],
} as const;
const claims = [
  "L implements C",
  "always L c.n < 100",
  "never L c.n > 100",
  "sometimes L c.n == 5",
  "L returns",
] as const;

/** Procedures that go wrong before their first operation, behind it, and in the arguments of the second. */
const places = (mistake: string) => [
  `${mistake} return c.add(x)!;`,
  `r := c.add(x)!; ${mistake} return r;`,
  `r := c.add(x)!; if (x == 1) { c.add(z); } z := 1; return r;`,
];

function instanceOf(body: string, claim: string, bounds: string) {
  const source = `
ADO C { shared n : int := 0; method add(x) { this.n := this.n + x; return this.n; } }
DApp L(c: C) { proc add(x) { ${body} } }
theorem t: ${claim}${bounds};`;
  const read = theoremsOf("wrong.ado", source, overOf);
  if ("errors" in read) throw new Error(JSON.stringify(read.errors));
  return instantiate(read.entries[0]!.model);
}

const onAdo = " given clients = 1, each add(5) | add(1), times = 3, fails = 0";
const onProtocol =
  " over multi-paxos(nodes = 2, ballots = 2, entries = 1) given clients = 1, each add(5) | add(1)";

describe.each(Object.entries(mistakes))("%s", (_, [mistake, message]) => {
  it.each(claims)("ends the run under `%s`, wherever it stands", (claim) => {
    const said = [message, message, "`z` has no value yet"];
    for (const bounds of claim === "L returns" ? [onAdo] : [onAdo, onProtocol]) {
      for (const [i, body] of places(mistake).entries()) {
        const { ending, fault: found } = explore(instanceOf(body, claim, bounds));
        expect(ending).toBe("fault");
        expect(found!.message).toContain(said[i]);
        expect(found!.step).toContain("c1");
      }
    }
  });
});

describe("a mistake of the program", () => {
  it("in a constant is an error with its place", () => {
    const source =
      "const K = 1 / 0;\nADO C { shared n : int := K; method get() { return n; } }\ntheorem t: always C n == 0 given clients = 1, each get(), times = 1;";
    expect(theoremsOf("wrong.ado", source)).toMatchObject({
      errors: [{ line: 1, column: 11, message: "this is divided by 0" }],
    });
  });

  const [loop, message] = mistakes["a loop that does not end"];

  it("ends a simulation, too", async () => {
    const instance = instanceOf(`${loop} return c.add(x)!;`, "L implements C", onAdo);
    const properties = instance.defaultProperties;
    const found = await simulate(instance, {
      properties,
      strategy: "mixed",
      steps: 9,
      seed: 1,
      from: 0,
      to: 9,
    });
    expect(found.fault?.message).toContain(message);
  });

  it("that no client makes leaves the run as it is", () => {
    const instance = instanceOf(`${loop} return c.add(x)!;`, "L implements C", onAdo.replace("| add(1)", ""));
    const properties = instance.defaultProperties;
    const told = { target: "t", workers: 1, seconds: 0, repeat: "", properties };
    expect(judge(instance, explore(instance), told)).toMatchObject({ verdict: "holds", vacuous: [] });
  });
});
