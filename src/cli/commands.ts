/** The commands and their options, as data: what the command line takes, and what the help says of it. */

import { STRATEGIES } from "../simulate/strategy.ts";

export interface Option {
  readonly about: string;
  /** What the help calls its value; a flag has none. */
  readonly value?: string;
  /** Its value where it is not given. */
  readonly standard?: string;
}

/** The words that are no options: any number of them, or one at the most. */
interface Operand {
  readonly name: string;
  readonly isMany: boolean;
  readonly about: string;
}

export interface CommandInfo {
  readonly about: string;
  readonly operand?: Operand;
  readonly options: { readonly [option: string]: Option };
}

const text = (value: string, about: string, standard?: string): Option => ({
  value,
  about,
  ...(standard !== undefined && { standard }),
});
const flag = (about: string): Option => ({ about });

const targets = (about: string): Operand => ({ name: "target", isMany: true, about });

const traceFile: Operand = {
  name: "trace",
  isMany: false,
  about: "a file that `muchado check --out DIR` wrote",
};

const output = {
  json: flag("print one JSON document and nothing else"),
  "no-color": flag("print no colours (also NO_COLOR)"),
};

const search = {
  workers: text("N", "worker threads; by default one for each core"),
  "max-states": text("N", "stop after this many states"),
  "max-depth": text("N", "stop after this many steps from the first states"),
  "max-seconds": text("N", "stop each run after this time, in seconds"),
  "max-memory": text(
    "SIZE",
    "stop when states take this much, for instance 4G; by default 60 % of what is free",
  ),
  "step-seconds": text("N", "a step that takes longer than this is a fault of the model; by default 30"),
  quiet: flag("print no progress"),
};

const bounds = {
  bound: text("NAME=N", "a bound of the model (repeatable)"),
  faults: text("NAME=N,…", "how often each fault can happen (repeatable)"),
};

const runs = {
  property: text("NAME", "check this property only (repeatable)"),
  inconclusive: text("HOW", "warn or fail: what a run that was stopped does to the exit code", "fail"),
  out: text(
    "FOLDER",
    "write each run to a JSON file in this folder, and each trace to a file for `muchado show`",
  ),
  html: text("FILE", "write a page with the traces to this file; it opens in any browser"),
  "trace-format": text("FORMAT", "msgpack or json: how traces are written, by default msgpack"),
  coverage: flag("print how often each action, fault and event happened"),
};

export const commands = {
  check: {
    about: "check models exhaustively; without a target, the pinned suite",
    operand: targets(
      "a name from `muchado list`, or a file (.ts, .js, .mjs, .ado), perhaps with :export or :theorem",
    ),
    options: {
      ...bounds,
      reduce: text("HOW", "symmetry, order, or symmetry,order: what need not be told apart is not", "none"),
      ...search,
      seed: text(
        "N",
        "accepted, and changes nothing: a search that visits every state draws nothing at random",
      ),
      checkpoint: text(
        "PATH",
        "leave what a run that is stopped needs to go on in this file, or in this folder",
      ),
      "checkpoint-every": text(
        "N",
        "also write it now and then, with so many seconds between; by default 300",
      ),
      resume: text("PATH", "go on from the checkpoint in this file, or from those in this folder"),
      ...runs,
      ...output,
    },
  },
  simulate: {
    about:
      "walk at random beyond what can be checked; a violation is shrunk, and finding none proves nothing",
    operand: targets("a name from `muchado list`, or a model file (.ts, .js, .mjs, .ado)"),
    options: {
      ...bounds,
      runs: text("N", "stop after this many random runs; 10000 unless a time is given"),
      "max-seconds": search["max-seconds"],
      steps: text("N", "the most steps of a run; 100 unless given"),
      strategy: text("NAME", `how steps are chosen: ${STRATEGIES.join(", ")}`),
      seed: text("N", "repeat the runs of this seed"),
      path: text("PATH", "of the seed's runs, repeat this one only"),
      "step-seconds": search["step-seconds"],
      workers: search.workers,
      quiet: search.quiet,
      ...runs,
      ...output,
    },
  },
  mutants: {
    about: "show which known defects the checker catches, and at which bounds",
    operand: targets("a mutant, or a model whose mutants are meant"),
    options: { ...search, ...output },
  },
  show: {
    about: "show a trace file step by step",
    operand: traceFile,
    options: {
      full: flag("print whole states, and not just what changed"),
      only: text("FIELD", "print only what changes in this field, and the steps that change it"),
      from: text("N", "begin at this step; 0 is the first state"),
      to: text("N", "end at this step"),
      html: text("FILE", "write a page with the trace to this file instead; it opens in any browser"),
      export: text("FORMAT", "itf, mermaid or svg: print the trace in that format instead"),
      out: text("FILE", "write what is exported to this file"),
      ...output,
    },
  },
  replay: {
    about: "run a trace file again, on its model as it is now",
    operand: traceFile,
    options: {
      target: text("TARGET", "another model to run the trace on, such as a repaired one"),
      ...output,
    },
  },
  linearize: {
    about: "decide whether a recorded history is linearizable",
    operand: {
      name: "history",
      isMany: false,
      about: "a file of JSON lines or EDN; - is standard input",
    },
    options: {
      spec: text("SPEC", "register, kv, FILE.ado:Name, or FILE.ts:export: what the history is compared with"),
      "max-configurations": text(
        "N",
        "stop after this many configurations; 4,000,000 unless there is a time limit",
      ),
      "max-seconds": search["max-seconds"],
      "max-memory": text("SIZE", "stop when configurations take this much; by default 1G"),
      quiet: search.quiet,
      ...output,
    },
  },
  estimate: {
    about: "tell what a check will cost in states, time and memory, from smaller bounds",
    operand: targets("as for `check`"),
    options: {
      ...bounds,
      property: text("NAME", "as if only this property were checked (repeatable)"),
      reduce: text("HOW", "symmetry, order: as if the check were reduced by them", "none"),
      "max-seconds": text("N", "how long to look at smaller bounds; by default 20"),
      quiet: search.quiet,
      ...output,
    },
  },
  ci: {
    about: "run a suite with gates, for a pipeline; without a configuration, the pinned suite",
    options: {
      config: text("FILE", "the configuration; by default muchado.config.ts, .js or .json in this folder"),
      reporter: text(
        "NAME",
        "text, json, junit, sarif, markdown or github, with =FILE where it is not to be printed (repeatable)",
      ),
      certify: flag("write the certificates that are missing or no longer stand"),
      workers: search.workers,
      quiet: search.quiet,
      ...output,
    },
  },
  list: { about: "list the models that can be checked by name", options: output },
  explore: {
    about: "walk through a model on a local page, step by step",
    operand: targets("as for `check`; one model"),
    options: {
      ...bounds,
      property: text("NAME", "watch this property at first"),
      trace: text("FILE", "begin where this trace ends"),
      port: text("N", "listen on this port; by default on any that is free"),
      open: flag("open the page in a browser"),
    },
  },
} satisfies { readonly [command: string]: CommandInfo };

export type Command = keyof typeof commands;

/** A command with its operand, as the parser and the help write it. */
export function commandForm(name: string, { operand }: CommandInfo): string {
  return operand === undefined ? name : `${name} [${operand.name}${operand.isMany ? ".." : ""}]`;
}

/** The words that can be options: those before `--`. */
export function optionWords(words: readonly string[]): readonly string[] {
  return words.slice(0, words.includes("--") ? words.indexOf("--") : words.length);
}

/** The first word that is no option: the command, if there is one of that name. */
export function commandWord(words: readonly string[]): string | undefined {
  return optionWords(words).find((word) => !word.startsWith("-"));
}

export function isCommand(word: string | undefined): word is Command {
  return word !== undefined && Object.hasOwn(commands, word);
}
