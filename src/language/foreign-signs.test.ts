import { describe, expect, it } from "vitest";
import { readProgram } from "./read-program.ts";

/** What is wrong with a method whose body, from column 3 of line 4 on, is `body`. */
function errorsOf(body: string) {
  const source = `ADO X {\n  shared count : int := 0;\n  method m(a) {\n  ${body}\n  }\n}\n`;
  return readProgram(source, "x.ado").errors.map(({ column, message, hint }) => [column, message, hint]);
}

describe("what other languages write is told, once and by what is written here", () => {
  it.each([
    ["if (a == 1 and a == 2) {}", 14, "`and` is no operator", "write `&&`"],
    ["if (a == 1 or a == 2) {}", 14, "`or` is no operator", "write `||`"],
    ["while (not this.count == a) {}", 10, "`not` is no operator", "write `!`"],
    ["let x := a;", 3, "there is no `let` here", "locals need no declaration: write `x := …;`"],
    ["int x := a;", 3, "there is no `int` here", "locals need no declaration: write `x := …;`"],
    ["a += 1;", 5, "there is no `+=`", "write `a := a + …;`"],
    ["a -= 1;", 5, "there is no `-=`", "write `a := a - …;`"],
    ["a++;", 4, "there is no `++`", "write `a := a + 1;`"],
    [
      "grösse := a;",
      3,
      "this name has other letters than names may",
      "names are ASCII letters, digits and `_`",
    ],
    [
      "naïve := a; a := naïve;",
      3,
      "this name has other letters than names may",
      "names are ASCII letters, digits and `_`",
    ],
    ["if (1) {}", 7, "a condition is int, not bool", "a condition is true or false, such as `x == 1`"],
    ["return this.number;", 10, "there is no field called `number`", "it has count"],
  ])("%s", (body, column, message, hint) => {
    expect(errorsOf(body)).toEqual([[column, message, hint]]);
  });

  it("but not where it means something here", () => {
    expect(errorsOf("and := 1; or := and; not := - -or; return not;")).toEqual([]);
  });
});
