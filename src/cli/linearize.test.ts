import { describe, expect, test } from "vitest";
import { folder, muchado } from "./test-command.ts";

/** Events of a register, written `process type f value`. */
const events = (...lines: string[]): string =>
  lines
    .map((line) => {
      const [process, type, f, value = "null"] = line.split(" ");
      return `{"process": ${process}, "type": "${type}", "f": "${f}", "value": ${value}}\n`;
    })
    .join("");

const good = events("0 invoke write 1", "1 invoke read", "0 ok write 1", "1 ok read 1");

/** Many orders of writes lead far, and none to the end. */
const hard = events(
  ...Array.from({ length: 24 }, (_, i) => `${i} invoke write ${i}`),
  ...Array.from({ length: 6 }, (_, i) => ["50 invoke read", `50 ok read ${i}`]).flat(),
  ...Array.from({ length: 24 }, (_, i) => `${i} ok write`),
  ...Array.from({ length: 12 }, (_, i) => `${60 + i} invoke cas [${i},${i + 1}]`),
  ...Array.from({ length: 12 }, (_, i) => `${60 + i} ok cas true`),
  ...["50 invoke read", "50 ok read 99"],
);

const box =
  "ADO Box { shared v : int := 0; method write(x) { this.v := x; } method read() { return this.v; } }";

const registerInTypeScript = `import { builtInSpecifications, type HistorySpecification } from "muchado";
console.log("ready");
export const register: HistorySpecification = builtInSpecifications.find(({ name }) => name === "register")!;`;

describe("muchado linearize", () => {
  test("reads standard input, and answers on standard output", async () => {
    const { exitCode, stdout, stderr } = await muchado(["linearize", "-", "--spec", "register"], {
      cwd: folder(),
      meanwhile: (child) => child.stdin!.end(good),
    });
    expect(stdout).toMatch(/^linearizable - \(register\): 2 operations, 2 clients, one configuration, /);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  test("says that there was nothing to decide where nothing happened", async () => {
    const cwd = folder({ "h.jsonl": events("0 invoke write 1", "0 fail write 1") });
    const { exitCode, stdout } = await muchado(["linearize", "h.jsonl", "--spec", "register"], { cwd });
    expect(stdout).toMatch(/^linearizable h\.jsonl \(register\): .*\n {2}there was nothing to decide: /);
    expect(exitCode).toBe(0);
  });

  test("compares with an ADO of a program", async () => {
    const cwd = folder({
      "bad.edn": "{:process 0 :type :invoke :f :read} {:process 0 :type :ok :value 7}",
      "box.ado": box,
    });
    const { exitCode, stdout } = await muchado(["linearize", "bad.edn", "--spec", "box.ado:Box"], { cwd });
    expect(stdout).toContain(
      "  1. At first the state is v = 0, and the next, read() by 0, would answer 0, not\n",
    );
    expect(exitCode).toBe(1);
  });

  test("says unknown within its time", async () => {
    const cwd = folder({ "hard.jsonl": hard });
    const words = ["linearize", "hard.jsonl", "--spec", "register", "--max-seconds", "0.3", "--json"];
    const { exitCode, stdout } = await muchado(words, { cwd });
    const { verdict, limit, repeat } = JSON.parse(stdout);
    expect([verdict, limit, exitCode]).toEqual(["unknown", "time", 2]);
    expect(repeat).toBe("muchado linearize hard.jsonl --spec register --max-seconds 0.3");
  });

  test("says what it knows when it is interrupted; compares with an export of a module", async () => {
    const cwd = folder({ "hard.jsonl": hard, "register.ts": registerInTypeScript });
    const words = [
      "linearize",
      "hard.jsonl",
      "--spec",
      "register.ts:register",
      "--max-seconds",
      "500",
      "--json",
    ];
    const { exitCode, stdout } = await muchado(words, {
      cwd,
      // Not at once: while the module is still being loaded, a signal ends the process.
      meanwhile: (child) => child.stderr!.once("data", () => setTimeout(() => child.kill("SIGINT"), 500)),
    });
    const { verdict, limit, exitCode: told } = JSON.parse(stdout);
    expect([verdict, limit, told, exitCode]).toEqual(["unknown", "interrupted", 130, 130]);
  });
});

describe("what is wrong with the words or the files ends with 64", () => {
  const cases: [string, string[], string][] = [
    ["no history", [], "say which one history is meant: a file, or - for standard input"],
    ["a missing history", ["none.jsonl", "--spec", "kv"], "none.jsonl: there is no such file"],
    [
      "a broken line",
      ["h.jsonl", "--spec", "register"],
      'h.jsonl:2:14: a field without a name; write "name": value',
    ],
    [
      "a result of the wrong type",
      ["result.jsonl", "--spec", "box.ado", "--quiet"],
      "result.jsonl:2:52: null is not what read returns; write a whole number as the value",
    ],
  ];
  test.for(cases)("%s", async ([, words, message]) => {
    const cwd = folder({
      "h.jsonl": '{"process":0,"type":"invoke","f":"read"}\n{"process":0,',
      "result.jsonl": events("0 invoke read", "0 ok read"),
      "box.ado": box,
    });
    const { exitCode, stdout, stderr } = await muchado(["linearize", ...words], { cwd });
    expect(stderr).toBe(`muchado: ${message}\n`);
    expect([exitCode, stdout]).toEqual([64, ""]);
  });

  test("a program with errors, each with its line", async () => {
    const cwd = folder({ "h.jsonl": good, "bad.ado": "ADO Box {\n  shared v : int := true;\n}" });
    const { exitCode, stderr } = await muchado(["linearize", "h.jsonl", "--spec", "bad.ado"], { cwd });
    expect(stderr).toMatch(/^muchado: bad\.ado:2:21: .*\n2 \| {3}shared v : int := true;\n/);
    expect(exitCode).toBe(64);
  });
});

test("a specification that ends its thread is at fault", async () => {
  const cwd = folder({
    "good.jsonl": good,
    "leaves.ts": `${registerInTypeScript}
register.object.apply = () => process.exit(5);`,
  });
  const words = ["linearize", "good.jsonl", "--spec", "leaves.ts:register"];
  const { exitCode, stderr } = await muchado(words, { cwd });
  expect([exitCode, stderr]).toEqual([70, expect.stringContaining("the thread ended with exit code 5")]);
});

test("a specification that fails is at fault, with its place", async () => {
  const cwd = folder({
    "h.jsonl": events("0 invoke read", "0 ok read 1"),
    "box.ado": "ADO Box {\n  shared v : option int := None;\n  method read() { return the(this.v); }\n}",
  });
  const { exitCode, stderr } = await muchado(["linearize", "h.jsonl", "--spec", "box.ado"], { cwd });
  expect(stderr).toMatch(/^muchado: the specification or the tool is at fault: box\.ado:3:26: /);
  expect(exitCode).toBe(70);
});
