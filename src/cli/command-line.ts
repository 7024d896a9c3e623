/** The command line as a person types it: its commands and options, its help, and what is wrong with it in one line. */

import yargs, { type Argv, type Options } from "yargs";
import { didYouMean } from "../schema/suggestion.ts";
import { STRATEGIES } from "../simulate/strategy.ts";
import { UsageError } from "./usage-error.ts";

/** What was typed: a command with its options, or a question that a text answers. */
export type Invocation =
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: Command; readonly typed: Typed };

export type Command =
  | "check"
  | "ci"
  | "mutants"
  | "linearize"
  | "show"
  | "replay"
  | "list"
  | "explore"
  | "simulate"
  | "estimate";

/** Options as typed: nothing is converted yet. */
export interface Typed {
  readonly targets: readonly string[];
  /** All values of an option that takes one; none where it is not given. */
  values(option: string): readonly string[];
  /** The value of an option that can be given once.  @throws UsageError if it is given twice. */
  value(option: string): string | undefined;
  has(option: string): boolean;
}

const text = (description: string): Options => ({ type: "string", requiresArg: true, description });
const flag = (description: string): Options => ({ type: "boolean", description });

const output = {
  json: flag("print one JSON document and nothing else"),
  "no-color": flag("print no colours (also NO_COLOR)"),
};

const traceFile = {
  type: "string",
  description: "a file that `muchado check --out DIR` wrote",
} as const;

const search = {
  workers: text("worker threads; by default one for each core"),
  "max-states": text("stop after this many states"),
  "max-depth": text("stop after this many steps from the first states"),
  "max-seconds": text("stop each run after this time, in seconds"),
  "max-memory": text("stop when states take this much, for instance 4G; by default 60 % of what is free"),
  "step-seconds": text("a step that takes longer than this is a fault of the model; by default 30"),
  quiet: flag("print no progress"),
};

const bounds = {
  bound: text("name=number: a bound of the model (repeatable)"),
  faults: text("name=number,…: how often each fault can happen (repeatable)"),
};

const runs = {
  property: text("check this property only (repeatable)"),
  inconclusive: { ...text("warn: a run that was stopped does not fail the command"), default: "fail" },
  out: text("write each run to a JSON file in this folder, and each trace to a file for `muchado show`"),
  html: text("write a page with the traces to this file; it opens in any browser"),
  "trace-format": { ...text("json: write traces as JSON"), default: "msgpack" },
  coverage: flag("print how often each action, fault and event happened"),
};

const options: { readonly [command: string]: { readonly [option: string]: Options } } = {
  check: {
    ...bounds,
    reduce: {
      ...text("symmetry, order, or symmetry,order: what need not be told apart is not"),
      default: "none",
    },
    ...search,
    seed: text("accepted, and changes nothing: a search that visits every state draws nothing at random"),
    checkpoint: text("leave what a run that is stopped needs to go on in this file, or in this folder"),
    "checkpoint-every": text("also write it now and then, with so many seconds between; by default 300"),
    resume: text("go on from the checkpoint in this file, or from those in this folder"),
    ...runs,
    ...output,
  },
  simulate: {
    ...bounds,
    runs: text("stop after this many random runs; 10000 unless a time is given"),
    "max-seconds": search["max-seconds"],
    steps: text("the most steps of a run; 100 unless given"),
    strategy: text(`how steps are chosen: ${STRATEGIES.join(", ")}`),
    seed: text("repeat the runs of this seed"),
    path: text("of the seed's runs, repeat this one only"),
    "step-seconds": search["step-seconds"],
    workers: search.workers,
    quiet: search.quiet,
    ...runs,
    ...output,
  },
  mutants: { ...search, ...output },
  linearize: {
    spec: text("register, kv, FILE.ado:Name, or FILE.ts:export: what the history is compared with"),
    "max-configurations": text("stop after this many configurations; 4,000,000 unless there is a time limit"),
    "max-seconds": search["max-seconds"],
    "max-memory": text("stop when configurations take this much; by default 1G"),
    quiet: search.quiet,
    ...output,
  },
  estimate: {
    ...bounds,
    property: text("as if only this property were checked (repeatable)"),
    reduce: { ...text("symmetry, order: as if the check were reduced by them"), default: "none" },
    "max-seconds": text("how long to look at smaller bounds; by default 20"),
    quiet: flag("print no progress"),
    ...output,
  },
  show: {
    full: flag("print whole states, and not just what changed"),
    only: text("print only what changes in this field, and the steps that change it"),
    from: text("begin at this step; 0 is the first state"),
    to: text("end at this step"),
    html: text("write a page with the trace to this file instead; it opens in any browser"),
    export: text("itf, mermaid or svg: print the trace in that format instead"),
    out: text("write what is exported to this file"),
    ...output,
  },
  replay: { target: text("another model to run the trace on, such as a repaired one"), ...output },
  ci: {
    config: text("the configuration; by default muchado.config.ts, .js or .json in this folder"),
    reporter: text(
      "text, json, junit, sarif, markdown or github, with =FILE where it is not to be printed (repeatable)",
    ),
    certify: flag("write the certificates that are missing or no longer stand"),
    workers: search.workers,
    quiet: search.quiet,
    ...output,
  },
  list: output,
  explore: {
    ...bounds,
    property: text("watch this property at first"),
    trace: text("begin where this trace ends"),
    port: text("listen on this port; by default on any that is free"),
    open: flag("open the page in a browser"),
  },
};

const EPILOGUE = [
  "`muchado check --help` lists the options of a check.",
  "Exit codes: 0 everything holds, 1 a violation, 2 inconclusive, 3 vacuous, 64 wrong usage or an unreadable model, 70 the tool or a model is at fault, 130 interrupted.",
];

const NOTHING_TO_DO = "say what to do, for instance `muchado check`; `muchado --help` lists the commands";

const HELP = ["help", "--help", "-h"];

/** @throws UsageError */
export function readCommandLine(words: readonly string[]): Invocation {
  let invocation: Invocation | undefined;
  const chosen = (kind: Command, positional: Positional) => (found: Argv["argv"]) => {
    invocation = { kind, typed: typed(found as Found, positional) };
  };
  const parser = yargs()
    .scriptName("muchado")
    .usage(
      "$0 <command>\n\nChecks models of replicated systems: every state they can reach within stated bounds.",
    )
    .command(
      "check [target..]",
      "check models exhaustively; without a target, the pinned suite",
      (command) =>
        command
          .positional("target", {
            type: "string",
            description:
              "a name from `muchado list`, or a file (.ts, .js, .mjs, .ado), perhaps with :export or :theorem",
          })
          .options(options.check!),
      chosen("check", "target"),
    )
    .command(
      "simulate [target..]",
      "walk at random beyond what can be checked; a violation is shrunk, and finding none proves nothing",
      (command) =>
        command
          .positional("target", {
            type: "string",
            description: "a name from `muchado list`, or a model file (.ts, .js, .mjs, .ado)",
          })
          .options(options.simulate!),
      chosen("simulate", "target"),
    )
    .command(
      "mutants [target..]",
      "show which known defects the checker catches, and at which bounds",
      (command) =>
        command
          .positional("target", {
            type: "string",
            description: "a mutant, or a model whose mutants are meant",
          })
          .options(options.mutants!),
      chosen("mutants", "target"),
    )
    .command(
      "show [trace]",
      "show a trace file step by step",
      (command) => command.positional("trace", traceFile).options(options.show!),
      chosen("show", "trace"),
    )
    .command(
      "replay [trace]",
      "run a trace file again, on its model as it is now",
      (command) => command.positional("trace", traceFile).options(options.replay!),
      chosen("replay", "trace"),
    )
    .command(
      "linearize [history]",
      "decide whether a recorded history is linearizable",
      (command) =>
        command
          .positional("history", {
            type: "string",
            description: "a file of JSON lines or EDN; - is standard input",
          })
          .options(options.linearize!),
      chosen("linearize", "history"),
    )
    .command(
      "estimate [target..]",
      "tell what a check will cost in states, time and memory, from smaller bounds",
      (command) =>
        command
          .positional("target", { type: "string", description: "as for `check`" })
          .options(options.estimate!),
      chosen("estimate", "target"),
    )
    .command(
      "ci",
      "run a suite with gates, for a pipeline; without a configuration, the pinned suite",
      (command) => command.options(options.ci!),
      chosen("ci", "target"),
    )
    .command(
      "list",
      "list the models that can be checked by name",
      (command) => command.options(options.list!),
      chosen("list", "target"),
    )
    .command(
      "explore [target..]",
      "walk through a model on a local page, step by step",
      (command) =>
        command
          .positional("target", { type: "string", description: "as for `check`; one model" })
          .options(options.explore!),
      chosen("explore", "target"),
    )
    .epilogue(EPILOGUE.join("\n"))
    .help("help")
    .alias("help", "h")
    .version(false)
    // Answered before any of this is loaded; named here for the help.
    .option("version", flag("print the version"))
    .strict()
    .locale("en")
    // The help is made after each command, asked for or not, and breaking its lines takes longest.
    .wrap(words.some((word) => HELP.includes(word)) ? Math.min(100, process.stdout.columns || 100) : null)
    .exitProcess(false)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "duplicate-arguments-array": true,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "short-option-groups": false,
    });
  refuseValuesOfFlags(words);
  parser.parse([...words], (error: Error | undefined, _: unknown, help: string) => {
    if (error) throw new UsageError(explain(error.message, words));
    if (help !== "") invocation = { kind: "help", text: `${help}\n` };
  });
  if (invocation === undefined) {
    throw new UsageError(NOTHING_TO_DO);
  }
  return invocation;
}

/** What yargs finds. Words after `--` are in `_`, behind the command. */
interface Found {
  readonly _: readonly (string | number)[];
  readonly [option: string]: unknown;
}

/** What a command calls the words that are no options. */
type Positional = "target" | "trace" | "history";

function typed(found: Found, positional: Positional): Typed {
  const values = (option: string): string[] => {
    const given = found[option];
    return given === undefined ? [] : Array.isArray(given) ? given : [given as string];
  };
  return {
    // Of a lone dash, which is standard input, yargs leaves nothing.
    targets: [...values(positional), ...found._.slice(1).map(String)].map((word) =>
      positional === "history" && word === "" ? "-" : word,
    ),
    values,
    value(option) {
      const given = values(option);
      if (given.length > 1) throw new UsageError(`--${option} is given ${given.length} times`);
      return given[0];
    },
    has: (option) => found[option] === true,
  };
}

/** `--json=yes` would be read as false. */
function refuseValuesOfFlags(words: readonly string[]): void {
  for (const word of words) {
    if (word === "--") return;
    const [, name] = /^--([\w-]+)=/.exec(word) ?? [];
    const isFlag = Object.values(options).some((known) => known[name ?? ""]?.type === "boolean");
    if (isFlag) throw new UsageError(`--${name} takes no value`);
  }
}

/** Puts a complaint of yargs in the house's words, with a suggestion. */
function explain(message: string, words: readonly string[]): string {
  const [, missing] = /^Not enough arguments following: (.+)$/.exec(message) ?? [];
  if (missing !== undefined) return `--${missing} needs a value`;
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
  if (unknown === undefined) return message.replaceAll(/\s+/g, " ");
  const command = words.find((word) => !word.startsWith("-"));
  // Of an unknown command yargs knows no option.
  if (command === undefined) return NOTHING_TO_DO;
  if (!Object.hasOwn(options, command)) {
    const suggestion = didYouMean(command, Object.keys(options)) ?? "`muchado --help` lists the commands";
    return `unknown command ${JSON.stringify(command)}; ${suggestion}`;
  }
  const option = words.find(
    (word) => /^--?/.test(word) && word.replace(/^--?/, "").split("=")[0] === unknown,
  );
  if (option !== undefined) {
    const suggestion = didYouMean(unknown, Object.keys(options[command]!))?.replace("`", "`--");
    return `unknown option ${option.split("=")[0]}${suggestion ? `; ${suggestion}` : ""}`;
  }
  return `unexpected argument ${JSON.stringify(unknown)}`;
}
