import { expect, test } from "vitest";
import { theoremsOf } from "../language/load.ts";
import { modelDigest } from "./model-digest.ts";

const program = `
ADO R { shared v : int := 0; method set(n) { this.v := n; } }
theorem few: never R v == 2 given clients = 1, each set(1), times = 2;
`;

async function digestOf(text: string): Promise<string> {
  const read = theoremsOf("a.ado", text);
  if ("errors" in read) throw new Error("the program has errors");
  return modelDigest(read.entries[0]!.origin);
}

test.each([
  ["has a comment more", `// A remark.\n${program}`, true],
  ["is laid out in another way", program.replace("{ this", "{\n\n  this"), true],
  [
    "has another theorem as well",
    `${program}theorem more: never R v == 3 given clients = 1, each set(1), times = 2;`,
    true,
  ],
  ["does something else", program.replace(":= n", ":= n + 1"), false],
  ["promises something else", program.replace("v == 2", "v == 3"), false],
])("a theorem is told by its digest from one whose program %s, if it is another", async (_, text, isSame) => {
  expect((await digestOf(text)) === (await digestOf(program))).toBe(isSame);
});
