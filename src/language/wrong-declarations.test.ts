import { describe, expect, it } from "vitest";
import { readProgram } from "./read-program.ts";

const ado = "ADO C { shared n : int := 0; method add(x) { this.n := this.n + x; return this.n; } }\n";
const dapp = "DApp P(c: C) { proc add(x) { return c.add(x)!; } }\n";
const theorem = "theorem t: P implements C given clients = 1, each add(1), times = 1;\n";

/** The places of all errors, with what was found there and the hint. */
const errorsOf = (source: string) =>
  readProgram(source, "wrong.ado").errors.map(({ line, column, message, hint }) => [
    `${line}:${column}`,
    message.replace(/^expected .* but /, ""),
    hint,
  ]);

describe("a declaration whose word is misspelt", () => {
  it.each([
    ["in small letters", `${ado}${dapp.replace("DApp", "dapp")}${theorem}`, "2:1", "dapp", "DApp"],
    ["in other letters", `${ado}${ado.replace("ADO C", "Ado X")}${dapp}${theorem}`, "2:1", "Ado", "ADO"],
    ["at the end of the file", `${ado}${dapp}${theorem.replace("t", "T")}`, "3:1", "Theorem", "theorem"],
    ["at the beginning of the file", `recrod R { n : int; }\n${ado}`, "1:1", "recrod", "record"],
  ])("is told by that word: %s", (_, source, at, found, meant) => {
    expect(errorsOf(source)).toEqual([[at, `found \`${found}\``, `did you mean \`${meant}\`?`]]);
  });

  it("is read all the same, with every other one of the file", () => {
    const source = `${ado.replace("ADO", "ado")}${dapp.replace("DApp", "Dapp").replace("!;", "!")}${theorem.replace("theorem", "theorm")}`;
    expect(errorsOf(source).map(([at, , hint]) => [at, hint])).toEqual([
      ["1:1", "did you mean `ADO`?"],
      ["2:1", "did you mean `DApp`?"],
      ["2:46", "statements end with `;`"],
      ["3:1", "did you mean `theorem`?"],
    ]);
  });

  it("does not drag what follows along, where nobody knows what it is", () => {
    const source = `${ado}${dapp.replace("DApp", "class")}${theorem.replace("C given", "C, given")}`;
    expect(errorsOf(source).map(([at, found]) => [at, found])).toEqual([
      ["2:1", "found `class`"],
      ["3:26", "found `,`"],
    ]);
  });
});

describe("a brace", () => {
  const tooMany = (at: string) => [[at, "there is one `}` too many", "take it out, or open what it closes"]];

  it("that is one too many is told where it stands", () => {
    expect(errorsOf(`${ado}}\n${dapp}${theorem}`)).toEqual(tooMany("2:1"));
    expect(errorsOf(`${ado}${dapp}${theorem}}`)).toEqual(tooMany("4:1"));
    expect(errorsOf(`${ado.replace("method", "} method")}${dapp}${theorem}`)).toEqual(tooMany("1:30"));
  });

  it("that is missing is missed before what follows", () => {
    const missing = "a `}` is missing before it";
    expect(errorsOf(`${ado}${dapp.replace("} }", "}")}${theorem}`)).toEqual([
      ["3:1", "found `theorem`", missing],
    ]);
    expect(errorsOf(`${ado.replace("} }", "")}${dapp}${theorem}`)).toEqual([
      ["2:1", "found `DApp`", missing],
    ]);
  });

  it("that was never opened is not one too many", () => {
    expect(errorsOf(`${ado}${dapp.replace(") {", ")")}${theorem}`).map(([at]) => at)).toEqual(["2:14"]);
    expect(errorsOf(`${ado.replace("(x) {", "(x)")}${dapp}${theorem}`).map(([at]) => at)).toEqual(["1:44"]);
  });
});

describe("a semicolon that is missing", () => {
  it("is missed before the next declaration, not at the end of the file", () => {
    const [first] = errorsOf(`${ado}${dapp}${theorem.replace(";", "")}${theorem.replace("t:", "u:")}`);
    expect(first!.slice(0, 2)).toEqual(["3:68", "found `theorem`"]);
    expect(errorsOf(`const N = 2\n${ado}`)[0]!.slice(0, 2)).toEqual(["1:12", "found `ADO`"]);
  });
});

describe("a member of the wrong kind", () => {
  it("is one error, at its word", () => {
    expect(errorsOf(`${ado}${dapp.replace("proc", "method")}`)).toEqual([
      ["2:16", "`method` belongs into an ADO", "write `proc` instead"],
    ]);
    expect(errorsOf(ado.replace("shared", "var"))).toEqual([
      ["1:9", "`var` belongs into a DApp", "write `shared` instead"],
    ]);
  });

  it("behind the end of its declaration is told with the brace", () => {
    const source = `${ado}${dapp}method q() {}\n${theorem}`;
    expect(errorsOf(source).map(([at]) => at)).toEqual(["2:50", "3:1"]);
  });
});
