import { copyFileSync, existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { counting, expectRefused, folder, launcher, muchado } from "./test-command.ts";

describe.concurrent("wrong usage ends with 64 and one line", () => {
  const cases: [string, string[], string | RegExp][] = [
    ["no command", [], /^say what to do/],
    [
      "an unknown command with options",
      ["chekc", "--bound", "a=1"],
      'unknown command "chekc"; did you mean `check`?',
    ],
    ["an option without a command", ["--quiet"], /^say what to do/],
    ["an option of another command", ["list", "--bound", "a=1"], "unknown option --bound"],
    ["an unknown command", ["chekc"], 'unknown command "chekc"; did you mean `check`?'],
    ["a target called as an option", ["check", "--", "--version"], /^unknown target "--version"/],
    ["an unknown option", ["check", "--bonud", "a=1"], "unknown option --bonud; did you mean `--bound`?"],
    ["an unknown target", ["check", "papxos"], 'unknown target "papxos"; did you mean `paxos`?'],
    ["a missing file", ["check", "nowhere.ts"], "nowhere.ts: there is no such file"],
    ["a file that is no model", ["check", "notes.txt"], /^notes\.txt: not a model file; those end in \.ts, /],
    ["a syntax error", ["check", "syntax.ts"], /^syntax\.ts:3:16: Unexpected "="/],
    [
      "an unknown import",
      ["check", "import.ts"],
      'import.ts:1:10: No matching export in "muchado" for import "modle"',
    ],
    ["a module that throws", ["check", "throws.ts"], "throws.ts:4:9: TypeError: no way \\u{1b}[2J"],
    ["a module without a model", ["check", "empty.ts"], /^empty\.ts: no model is exported/],
    [
      "a bound out of range",
      ["check", "model.ts", "--bound", "top=0"],
      "model.ts: top=0 is not an integer in 1..100000",
    ],
    [
      "a bound that there is not",
      ["check", "paxos", "model.ts", "--bound", "top=2"],
      /^paxos has no bound "top"/,
    ],
    [
      "a way of writing traces, and nowhere to write",
      ["check", "model.ts", "--trace-format", "json"],
      "--trace-format needs --out",
    ],
    [
      "times of checkpoints, and nowhere to write",
      ["check", "model.ts", "--checkpoint-every", "5"],
      "--checkpoint-every needs --checkpoint",
    ],
    [
      "a bound that is fixed",
      ["check", "mutex", "--bound", "clients=3"],
      "mutex: clients can only be 2, not 3",
    ],
    [
      "a mutant of one's own",
      ["mutants", "model.ts"],
      /^no mutant .* called "model\.ts"; those that come with Muchado/,
    ],
    [
      "an unwritable folder",
      ["check", "model.ts", "--out", "notes.txt/runs"],
      /^--out notes\.txt\/runs: it cannot be/,
    ],
    ["a program without a theorem", ["check", "kv.ado"], /^kv\.ado: it states no theorem/],
    ["a program with an error", ["check", "bad.ado"], /bad\.ado:1:/],
  ];
  test.for(cases)("%s", async ([, words, message]) => {
    const cwd = folder({
      "notes.txt": "",
      "kv.ado": "",
      "bad.ado": "ADO KV { shared kv : ; }",
      "empty.ts": "export const nothing = {};",
      "syntax.ts": "\n\nconst answer = = 42;",
      "import.ts": 'import { modle } from "muchado"; export default modle({});',
      "throws.ts":
        'interface Nothing {}\n\nfunction fail(): never {\n  throw new TypeError("no way \\x1b[2J");\n}\nfail();',
      "model.ts": counting(),
    });
    await expectRefused(words, message, { cwd });
  });
});

describe("muchado", () => {
  test("answers --help with its commands and exit codes, and --version with the version", async () => {
    const cwd = folder();
    const [help, version] = await Promise.all([
      muchado(["--help"], { cwd }),
      muchado(["--version"], { cwd }),
    ]);
    expect(help.stdout).toMatch(/muchado check \[target\.\.\][\s\S]*Exit codes: 0 everything holds/);
    expect(help.exitCode).toBe(0);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(version.exitCode).toBe(0);
  });

  test.skipIf(!existsSync("/dev/full"))("says in one line that a disk is full", async () => {
    const cwd = folder({ "model.ts": counting() });
    const stdout = openSync("/dev/full", "w");
    const answers = await Promise.all(
      [
        ["check", "model.ts", "--quiet"],
        ["check", "model.ts", "--json", "--quiet"],
        ["list"],
        ["--help"],
      ].map((words) => muchado(words, { cwd, stdout })),
    );
    for (const { exitCode, stderr } of answers) {
      expect(stderr).toBe("muchado: the output cannot be written (ENOSPC)\n");
      expect(exitCode).toBe(70);
    }
  });

  test("says what to run where it is not built", async () => {
    const root = folder();
    const bare = join(root, "bin/muchado.js");
    mkdirSync(dirname(bare));
    copyFileSync(launcher, bare);
    writeFileSync(join(root, "package.json"), '{ "type": "module" }');
    const { exitCode, stderr } = await muchado([], { cwd: root, launcher: bare });
    expect(stderr).toBe("muchado: it is not built yet: run `npm run build` in its folder\n");
    expect(exitCode).toBe(70);
  });
});
