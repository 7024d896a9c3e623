import { describe, expect, it } from "vitest";
import { overOf } from "../../models/catalog.ts";
import { theoremsOf } from "./load.ts";

const program = (theorem: string) => `ADO C { shared n : int := 0; method get() { return this.n; } }
theorem t: always C n == 0 ${theorem};\n`;

/** Column, message and hint of what is wrong in line 2, where the protocols that there are are known. */
function errorsOf(theorem: string) {
  const read = theoremsOf("x.ado", program(theorem), overOf, ["multi-paxos", "cas-paxos"]);
  return "errors" in read ? read.errors.map(({ column, message, hint }) => [column, message, hint]) : [];
}

describe("a protocol that a theorem runs over", () => {
  const given = "given clients = 1, each get()";

  it("is told at its place if there is none, with those that there are", () => {
    expect(errorsOf(`over multi-paxos(nodes = 2) ${given}`)).toEqual([]);
    expect(errorsOf(`over multi-pasox ${given}`)).toEqual([
      [33, "there is no protocol called `multi-pasox`", "did you mean `multi-paxos`?"],
    ]);
    const [hope, single] = ["hope", "single-paxos"].map((name) => errorsOf(`over ${name} ${given}`)[0]!);
    expect(hope!.at(-1)).toBe("programs run over multi-paxos, cas-paxos");
    expect(single![1]).toMatch(/^nothing runs over single-paxos: /);
  });

  it("has its own bounds, and all that are wrong are told", () => {
    expect(errorsOf(`over multi-paxos(noeds = 3, ballots = 99, hope = 1) ${given}`)).toMatchObject([
      [45, "multi-paxos has no bound `noeds`", "did you mean `nodes`?"],
      [66, "`ballots` of multi-paxos goes from 1 to 6", undefined],
      [70, "multi-paxos has no bound `hope`", expect.stringMatching(/^its bounds are nodes, ballots/)],
    ]);
  });
});
