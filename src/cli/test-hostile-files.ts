/** For tests: programs, model files and trace files that nobody in good faith would write. */

import { ESCAPE, type HostileInput } from "./test-hostile-input.ts";

export const programs: HostileInput[] = (
  [
    ["nothing", "", /it states no theorem/],
    ["null characters", "\u0000\u0000\u0000", /program\.ado:1:1/],
    [
      "no UTF-8",
      Buffer.from("ADO X {\n\xfe}\n", "latin1"),
      /program\.ado: it cannot be read \(line 2 is not UTF-8\)/,
    ],
    ["a terminal's commands", `ADO ${ESCAPE} {}`, /program\.ado:1:5/],
    ["text that runs backwards", "ADO \u202eKV {}", /program\.ado:1:5/],
    ["brackets without an end", "(".repeat(100_000), /program\.ado:1:/],
    [
      "an expression that is too deep",
      `ADO A { shared x : int := ${"(".repeat(20_000)}1${")".repeat(20_000)}; }`,
      /program\.ado:1:/,
    ],
    [
      "a type that is too deep",
      `ADO A { shared x : ${"option<".repeat(20_000)}int${">".repeat(20_000)}; }`,
      /program\.ado:1:/,
    ],
    ["negations that are too deep", `ADO A { shared x : int := ${"-".repeat(50_000)}1; }`, /program\.ado:1:/],
    ["a number beyond numbers", `ADO A { shared x : int := ${"9".repeat(1000)}; }`, /program\.ado:1:/],
    ["a comment without an end", "/* ADO A {", /program\.ado:1:/],
    ["text without an end", 'ADO A { shared x : string := "abc', /program\.ado:1:/],
    ["a name that is not its own", "ADO __proto__ { shared constructor : toString; }", /program\.ado:1:/],
    ["a million characters", `ADO ${"a".repeat(1_000_000)}`, /it states no theorem/],
    ["a program of another language", "fn main() { println!(); }", /program\.ado:1:1/],
  ] as const
).map(([what, source, says]) => ({
  name: `a program of ${what}`,
  words: ["check", "program.ado"],
  files: { "program.ado": source },
  isQuoted: true,
  says,
}));

const begin = 'import { model, range, system, array, node, flag } from "muchado";\n';
export const modules: HostileInput[] = (
  [
    ["throws nothing", "throw null;", /model\.ts: threw null/],
    ["throws a terminal's commands", `throw new Error(${JSON.stringify(ESCAPE)});`, /\\u\{1b\}/],
    ["throws what cannot be printed", "throw { toString() { throw 1; } };", /model\.ts: /],
    ["exports nothing", "export {};", /no model is exported/],
    ["exports a proxy", "export default new Proxy({}, { get() { throw new Error('no'); } });", /Error: no/],
    ["has no name", "export default { system() {}, about: '', bounds: {} };", /a model has a `name`/],
    ["has no bounds", "export default { system() {}, name: 'a', about: '' };", /a model has `bounds`/],
    [
      "has bounds that are none",
      "export default { system() {}, name: 'a', about: '', bounds: { a: null } };",
      /bound a has/,
    ],
    [
      "has a bound of infinity",
      "export default { system() {}, name: 'a', about: '', bounds: { a: { default: 1/0, min: 0, max: 1 } } };",
      /bound a has/,
    ],
    [
      "has a default that is out of bounds",
      "export default { system() {}, name: 'a', about: '', bounds: { a: { default: 9, min: 0, max: 1 } } };",
      /bound a: its default of 9 is not in 0\.\.1/,
    ],
    ["makes no system", "export default { system() {}, name: 'a', about: '', bounds: {} };", /TypeError/],
    [
      "never returns from itself",
      "export default { system() { return this.system(); }, name: 'a', about: '', bounds: {} };",
      /RangeError/,
    ],
    [
      "has a range beyond numbers",
      `${begin}export default model({ name: "a", about: "", bounds: {}, system: () => system({ x: range(0, 1e18) }, () => ({ actions: {} })) });`,
      /RangeError|range/i,
    ],
    [
      "has a state beyond memory",
      `${begin}export default model({ name: "a", about: "", bounds: {}, system: () => system({ x: array(node(2 ** 30, "n"), range(0, 1e9)) }, () => ({ actions: {} })) });`,
      /a state takes \d+ words of 32 bits/,
    ],
    ["imports what it must not", 'import "../../../../../../etc/passwd";', /Expected ";" but found/],
    [
      "imports a package that is not there",
      'import "no-such-package-at-all"; export default {};',
      /no-such-package-at-all/,
    ],
    ["is not text", "\u0000\u0001\u0002", /model\.ts:1:1/],
    ["is cut short", "export default {", /model\.ts:1:/],
  ] as const
).map(([what, source, says]) => ({
  name: `a model that ${what}`,
  words: ["check", "model.ts"],
  files: { "model.ts": source },
  says,
}));

export const traces: HostileInput[] = (
  [
    ["nothing", "", /the file is empty/],
    ["noise", new Uint8Array(4096).map((_, i) => (i * 7919) % 251), /a\.trace/],
    ["JSON of something else", '{"format":"other"}', /a\.trace/],
    ["half of its JSON", '{"format":"muchado-trace","version":1,', /a\.trace/],
    ["a later version", '{"format":"muchado-trace","version":99}', /version 99/],
    ["no version", '{"format":"muchado-trace","version":"\u001b[2J"}', /a\.trace/],
    ["depth without end", "[".repeat(100_000), /a\.trace/],
    ["a length beyond memory", new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]), /a\.trace/],
  ] as const
).flatMap(([what, content, says]) =>
  [
    ["explore", "two-phase-commit", "--trace", "a.trace"],
    ["show", "a.trace"],
    ["replay", "a.trace"],
  ].map((words) => ({
    name: `a trace file of ${what}, to ${words[0]}`,
    words,
    files: { "a.trace": content },
    says,
  })),
);
