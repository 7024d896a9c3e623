import { describe, expect, test } from "vitest";
import { applications } from "../../models/applications.ts";
import { findSymmetry, NoSymmetry } from "../explore/interchangeable.ts";
import { instantiate } from "../model/instance.ts";
import { compareClients, compareOnRandomPrograms, theoremIn } from "./test-client-symmetry.ts";

const models = new Map(applications(() => undefined).map(({ model }) => [model.name, model]));

describe("clients that run the same code are interchangeable", () => {
  test("in random programs, decided as in a full search, with one state for each orbit", () => {
    compareOnRandomPrograms(10, 1_000);
  });

  test.each([
    ["mutex_for_three", 647],
    ["both_can_enter", 956],
    ["KV_free_survives_crash", 677],
    ["KV_preempted", undefined],
  ])("in %s", (name, states) => {
    const less = compareClients(instantiate(models.get(name)!));
    expect(less.ending).toBe(states === undefined ? "violation" : "complete");
    if (states !== undefined) expect(less.states).toBe(states);
  });

  const program = ({
    method = "if (this.last == None) { this.last := Some(me); }",
    answer = "",
    proc = "o.m(1)!!;",
    claim = "always A forall c: o.last == Some(c) ==> o.n == 0",
    given = "clients = 2, each p()",
  }) => `
    ADO O {
      shared n : int := 0;
      shared last : option int := None;
      shared who : [bool] := [];
      shared calls : [int] := [];
      method m(a) { ${method} ${answer} }
    }
    DApp A(o: O) { var v : int := 0; proc p() { ${proc} } proc q(a) { o.m(1)!!; } }
    theorem t: ${claim} given ${given}, times = 1;`;

  test("where their numbers are only kept and compared", () => {
    expect(findSymmetry(instantiate(theoremIn(program({}))))).toHaveLength(1);
    const pull = "if (o.pull() == FAIL) { return; } o.m(1); while (o.push() == FAIL) {}";
    expect(findSymmetry(instantiate(theoremIn(program({ proc: pull }))))).toHaveLength(1);
    const keys = "this.who[me] := true; this.calls[request] := len(this.who);";
    expect(findSymmetry(instantiate(theoremIn(program({ method: keys }))))).toHaveLength(1);
  });

  test("up to as many as all orders can be tried of", () => {
    const many = program({ given: "clients = 8, each p()" });
    expect(findSymmetry(instantiate(theoremIn(many)))).toEqual([{ sort: "c1..c8", first: 0, size: 6 }]);
  });

  test.each([
    ["one has a role of its own", { given: "clients = 2, client 1 p(), client 2 p() then p()" }],
    ["the number is an argument", { given: "clients = 2, each q(me)" }],
    ["there is one", { given: "clients = 1, each p()" }],
    ["numbers are added", { method: "this.n := this.n + me;" }],
    ["numbers are put in order", { method: "if (me < 2) { this.n := 1; }" }],
    ["a number is written", { method: "if (me == 1) { this.n := 1; }" }],
    ["a number is written in the claim", { claim: "never A o.last == Some(1)" }],
    ["numbers are hashed", { method: "this.n := hash(Some(me));" }],
    ["requests are hashed", { method: "this.n := hash(request);" }],
    ["a number is kept as one", { method: "this.n := me;", claim: "never A o.n == 0" }],
    ["a method answers with a number", { answer: "return me;" }],
    ["a method answers with a request", { answer: "return Some(request);" }],
    ["a state that names clients is pulled", { proc: "s := o.pull();" }],
    ["a state that names clients is kept", { proc: "while (o.pull() == o.pull()) {}" }],
    ["a state that names clients is answered", { proc: "return o.pull() == FAIL;" }],
    ["a procedure uses the number", { proc: "this.v := me;" }],
    [
      "clients are gone through in order",
      { method: "this.who[me] := true;", claim: "never A exists x in o.who: x", answer: "" },
    ],
    [
      "clients are gone through in a loop",
      { method: "this.who[me] := true; for x in this.who { this.n := 1; }" },
    ],
  ])("but not where %s", (_, parts) => {
    expect(() => findSymmetry(instantiate(theoremIn(program(parts))))).toThrow(NoSymmetry);
  });
});
