/** For tests: input that nobody in good faith would give, and what is to be said to it. */

import { counting } from "./test-command.ts";
import { configurations, otherConfigurations } from "./test-hostile-configurations.ts";
import { modules, programs, traces } from "./test-hostile-files.ts";
import { ESCAPE, type HostileInput } from "./test-hostile-input.ts";

const model = counting();

const options: HostileInput[] = (
  [
    ["--bound", "top=1e9", /"top=1e9" is not name=number/],
    ["--bound", "top=-1", /is not name=number/],
    ["--bound", "=1", /is not name=number/],
    ["--bound", "top", /is not name=number/],
    ["--bound", `${ESCAPE}=1`, /\\u{1b}|\\u001b/],
    ["--bound", "top=99999999999999999999999999", /is not name=number/],
    ["--bound", "top=9007199254740991", /top=9007199254740991 is not an integer in 1\.\.100000/],
    ["--bound", "__proto__=1", /model\.ts has no bound "__proto__"/],
    ["--bound", "constructor=1", /model\.ts has no bound "constructor"/],
    ["--bound", "toString=1", /model\.ts has no bound "toString"/],
    ["--bound", `top=1${",top=1".repeat(2000)}`, /top is given twice/],
    ["--faults", "__proto__=1", /has no fault "__proto__"/],
    ["--faults", "crash=256", /has no fault "crash"/],
    ["--faults", "\u202ecrash=1", /is not name=number/],
    ["--property", "\u0000", /has no property/],
    ["--property", "../../etc/passwd", /has no property "\.\.\/\.\.\/etc\/passwd"/],
    ["--property", "__proto__", /has no property "__proto__"/],
    ["--max-memory", "1e400", /is not an amount of memory/],
    ["--max-memory", "9".repeat(400), /is not an amount of memory/],
    ["--max-memory", "-5G", /--max-memory/],
    ["--max-states", "18446744073709551616", /is not a whole number/],
    ["--max-seconds", "NaN", /is not a number of seconds/],
    ["--max-seconds", "9".repeat(400), /is not a number of seconds/],
    ["--workers", "4294967296", /is not a whole number/],
    ["--workers", "١", /is not a whole number/],
    ["--inconclusive", "WARN", /is neither fail nor warn/],
    ["--out", "model.ts/deep/er", /--out/],
    ["--out", "model.ts", /--out/],
    ["--out", "a\u0000b", /--out/],
    ["--colour", ESCAPE, /unknown option --colour/],
  ] as const
).map(([option, value, says]) => ({
  name: `${option} ${JSON.stringify(value).slice(0, 40)}`,
  words: ["check", "model.ts", option, value],
  files: { "model.ts": model },
  says,
}));

const targets: HostileInput[] = (
  [
    ["/etc/passwd", /\/etc\/passwd: not a model file|unknown target/],
    ["../../../../../../etc/passwd", /not a model file|unknown target/],
    ["../../../../../../etc/passwd.ts", /there is no such file/],
    ["file:///etc/passwd.ts", /there is no such file/],
    [ESCAPE, /unknown target/],
    ["a".repeat(5000), /unknown target/],
    [`${"a".repeat(5000)}.ts`, /there is no such file/],
    ["nul\u0000byte.ts", /there is no such file/],
    ["", /unknown target ""/],
    [".", /\.: not a model file/],
    ["folder.ts", /folder\.ts: it is not a file/],
    ["loop.ts", /loop\.ts: there is no such file/],
    ["gone.ts", /gone\.ts: there is no such file/],
    ["model.ts:__proto__", /no model is exported as __proto__/],
    ["model.ts:constructor", /no model is exported as constructor/],
    ["__proto__", /unknown target "__proto__"/],
    ["$(touch hacked)", /unknown target/],
    ["model.ts\nmodel.ts", /there is no such file/],
  ] as const
).map(([target, says]) => ({
  name: `the target ${JSON.stringify(target).slice(0, 40)}`,
  words: ["check", "--", target],
  files: { "model.ts": model },
  folders: ["folder.ts"],
  links: { "loop.ts": "loop.ts", "gone.ts": "nowhere.ts" },
  says,
}));

export const hostileInputs: readonly HostileInput[] = [
  ...options,
  ...targets,
  ...programs,
  ...modules,
  ...traces,
  ...configurations,
  ...otherConfigurations,
];
