import { describe, expect, test } from "vitest";
import { schemaErrors } from "../report/test-schemas.ts";
import type { Document } from "../verdict/document.ts";
import { counting, folder, muchado, telling } from "./test-command.ts";

describe.concurrent("JSON keeps to its schema", () => {
  test("for runs that hold, are violated, vacuous, cut or failed, and for all of them together", async () => {
    const properties = "small: always((s) => s.hands.get(0) < 2)";
    const cwd = folder({
      "holds.ts": counting({ properties: "far: sometimes((s) => s.hands.get(0) === top)" }),
      "violated.ts": counting({ properties }),
      "vacuous.ts": counting({ actions: "never: action({}, () => false)" }),
      "cut.ts": counting({ top: 300 }),
      "failed.ts": counting({ actions: "leap: action({}, (s) => { s.hands.set(0, -1); })" }),
    });
    const targets = ["holds.ts", "violated.ts", "vacuous.ts", "cut.ts", "failed.ts"];
    const { exitCode, stdout } = await muchado(["check", ...targets, "--max-states", "500", "--json"], {
      cwd,
    });
    const document = JSON.parse(stdout) as Document;
    expect(schemaErrors("check", document)).toBeNull();
    expect(document.runs.map(({ verdict }) => verdict)).toEqual([
      ...["holds", "violated", "holds", "inconclusive", "inconclusive"],
    ]);
    expect(document.runs[0]!.properties[0]!.trace!.steps).toHaveLength(3);
    expect(document.runs[0]!.growing).toBeUndefined();
    expect(document.runs[1]!.properties[0]!.why).toBe("the property does not hold");
    expect(document.runs[2]!.vacuous).toEqual(["action never never happened"]);
    expect(document.runs[3]!.limit).toBe("states");
    expect(document.runs[3]!.growing!.map(({ field }) => field)).toEqual(["hands[*]"]);
    expect(document.runs[4]!.failure!.step).toBe("leap()");
    expect([document.verdict, document.exitCode, exitCode]).toEqual(["violated", 70, 70]);
  });

  test("for a run that is stopped before its first state", async () => {
    const words = ["check", "model.ts", "--max-seconds", "0.001", "--json"];
    const { stdout } = await muchado(words, { cwd: folder({ "model.ts": counting() }) });
    const document = JSON.parse(stdout) as Document;
    expect(schemaErrors("check", document)).toBeNull();
    expect(document.runs).toMatchObject([{ verdict: "inconclusive", limit: "time", states: 0, depth: 0 }]);
  });

  test.each([
    ["an unknown option", ["check", "--bonud"], 64, /^unknown option --bonud/, {}],
    ["a file that is missing", ["check", "no.ts"], 64, /no such file/, { file: "no.ts" }],
    [
      "a syntax error",
      ["check", "syntax.ts"],
      64,
      /Unexpected "="/,
      { file: "syntax.ts", line: 2, column: 11 },
    ],
    [
      "an error in a program",
      ["estimate", "bad.ado"],
      64,
      /\n1 \| ADO/,
      { file: "bad.ado", line: 1, column: 20 },
    ],
    ["a configuration of nothing", ["ci", "--config", "no.json"], 64, /no\.json/, {}],
    ["a trace that is missing", ["replay", "no.trace"], 64, /no such file/, { file: "no.trace" }],
    [
      "a history that is broken",
      ["linearize", "h.jsonl", "--spec", "kv"],
      64,
      /bracket/,
      { file: "h.jsonl", line: 1, column: 13 },
    ],
    [
      "a model file that ends the process",
      ["check", "exit.ts"],
      70,
      /exit code 0/,
      { file: "exit.ts", line: 1, column: 9 },
    ],
    [
      "a model file that loops",
      ["check", "loop.ts", "--step-seconds", "0.4"],
      70,
      /for ever/,
      { file: "loop.ts", line: 1 },
    ],
  ])("where there is no answer: for %s", async (_, words, code, message, place) => {
    const cwd = folder({
      "syntax.ts": "\nconst a = = 1;",
      "bad.ado": "ADO A { shared a : ; }",
      "h.jsonl": '{"process":0',
      "exit.ts": "process.exit(0);",
      "loop.ts": "for (;;);",
    });
    const { exitCode, stdout, stderr } = await muchado([...words, "--json"], { cwd });
    const document = JSON.parse(stdout);
    for (const name of ["failure", words[0]!]) expect(schemaErrors(name, document)).toBeNull();
    expect(document).toMatchObject({ verdict: null, exitCode: code, runs: [], error: place });
    expect(document.error.message).toMatch(message);
    expect(stderr).toContain(`muchado: ${document.error.message}\n`);
    expect(exitCode).toBe(code);
  });

  test("where it is interrupted before there is an answer", async () => {
    const specification = `import { builtInSpecifications } from "muchado";
      console.log("ready");
      export default builtInSpecifications[0];`;
    const { exitCode, stdout } = await muchado(["linearize", "-", "--spec", "it.ts", "--json"], {
      cwd: folder({ "it.ts": specification }),
      // Not at once: while the module is still being loaded, a signal ends the process.
      meanwhile: (child) => child.stderr!.once("data", () => setTimeout(() => child.kill("SIGINT"), 500)),
    });
    const document = JSON.parse(stdout);
    expect(schemaErrors("linearize", document)).toBeNull();
    expect([exitCode, document.exitCode]).toEqual([130, 130]);
  });

  test("for runs that were not begun when it was interrupted, and text counts them", async () => {
    const cwd = folder({ "a.ts": counting({ top: 50_000, properties: telling }), "b.ts": counting() });
    const { exitCode, stdout } = await muchado(["check", "a.ts", "b.ts", "--json", "--workers", "1"], {
      cwd,
      meanwhile: (child) => child.stderr!.once("data", () => child.kill("SIGINT")),
    });
    const document = JSON.parse(stdout) as Document;
    expect(schemaErrors("check", document)).toBeNull();
    expect(document.runs).toMatchObject([
      { target: "a.ts", verdict: "inconclusive", limit: "interrupted" },
      { target: "b.ts", verdict: "inconclusive", limit: "interrupted", states: 0, seconds: 0 },
    ]);
    expect([document.verdict, document.exitCode, exitCode]).toEqual(["inconclusive", 130, 130]);
  });

  test("for what follows from two of them, and not from what only is called a refinement", async () => {
    const cwd = folder({
      "called.ts": counting({
        properties: `"refines-ado": refines({
          initial: () => undefined, explain: () => ({ events: [] }), events: [], print: () => [],
        }, () => 0)`,
      }).replace("name:", 'composes: "protocol", name:'),
      "program.ado": `ADO R { shared v : int := 0; method set(n) { this.v := n; } method get() { return this.v; } }
        DApp A(x: R) { proc set(n) { x.set(n)!!; } proc get() { return x.get()!!; } }
        theorem t: A implements R given clients = 1, each set(1) then get(), times = 2;`,
    });
    const { stdout } = await muchado(["check", "program.ado", "called.ts", "vertical-paxos", "--json"], {
      cwd,
    });
    const document = JSON.parse(stdout) as Document;
    expect(schemaErrors("check", document)).toBeNull();
    expect(document.composed).toEqual([
      {
        program: "program.ado",
        protocol: "vertical-paxos",
        theorem: "A implements R given each set(1) then get(), over vertical-paxos",
        bounds: { clients: 1, calls: 2, times: 2, crash: 0, lost: 0 },
        clusterBounds: { variant: 1, configurations: 2, ballots: 2, entries: 1, crash: 1 },
      },
    ]);
  });

  test("for the list of targets, and for what a mutant of it does", async () => {
    const cwd = folder();
    const { stdout } = await muchado(["list", "--json"], { cwd });
    const listing = JSON.parse(stdout) as { targets: { name: string; of: string | null }[] };
    expect(schemaErrors("list", listing)).toBeNull();
    const mutant = listing.targets.find(({ of }) => of !== null)!;
    expect(listing.targets.map(({ name }) => name)).toContain(mutant.of);
    const matrix = await muchado(["mutants", mutant.name, "--json"], { cwd });
    const { mutants } = JSON.parse(matrix.stdout);
    expect(schemaErrors("mutants", { mutants })).toBeNull();
    expect(mutants.length).toBeGreaterThan(0);
    for (const { expected, verdict } of mutants) expect(verdict).toBe(expected);
    const answer = await muchado(["check", mutant.name, "--json"], { cwd });
    expect(schemaErrors("check", JSON.parse(answer.stdout))).toBeNull();
  });
});
