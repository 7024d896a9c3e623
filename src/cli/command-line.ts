/** The command line as a person types it: a command with its options, or what is wrong with it in one line. */

import yargs, { type Options } from "yargs";
import { didYouMean } from "../schema/suggestion.ts";
import {
  type Command,
  type CommandInfo,
  commandForm,
  commands,
  commandWord,
  isCommand,
  optionWords,
} from "./commands.ts";
import { UsageError } from "./usage-error.ts";

/** What was typed. */
export interface Invocation {
  readonly kind: Command;
  readonly typed: Typed;
}

/** Options as typed: nothing is converted yet. */
export interface Typed {
  readonly targets: readonly string[];
  /** All values of an option that takes one; none where it is not given. */
  values(option: string): readonly string[];
  /** The value of an option that can be given once.  @throws UsageError if it is given twice. */
  value(option: string): string | undefined;
  has(option: string): boolean;
}

/** A description that keeps yargs from making a help of its own after each command. */
const HIDDEN = false;

const NOTHING_TO_DO = "say what to do, for instance `muchado check`; `muchado --help` lists the commands";

/** @throws UsageError */
export function readCommandLine(words: readonly string[]): Invocation {
  let invocation: Invocation | undefined;
  const parser = Object.entries<CommandInfo>(commands)
    .reduce((parser, [name, command]) => {
      const { operand, options } = command;
      return parser.command(
        commandForm(name, command),
        HIDDEN,
        (own) =>
          (operand ? own.positional(operand.name, { type: "string" }) : own).options(forYargs(options)),
        (found) => {
          invocation = { kind: name as Command, typed: typed(found as Found, operand?.name ?? "target") };
        },
      );
    }, yargs())
    .help(false)
    .version(false)
    .strict()
    .locale("en")
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
  refuseDash(words);
  parser.parse([...words], (error: Error | undefined) => {
    if (error) throw new UsageError(explain(error.message, words));
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

function forYargs(options: CommandInfo["options"]): { [option: string]: Options } {
  const entries = Object.entries(options).map(([name, { value, standard }]): [string, Options] => {
    const kind: Options = value === undefined ? { type: "boolean" } : { type: "string", requiresArg: true };
    return [name, { ...kind, hidden: true, ...(standard !== undefined && { default: standard }) }];
  });
  return Object.fromEntries(entries);
}

/** @param positional what yargs calls the words that are no options. */
function typed(found: Found, positional: string): Typed {
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

/** `--json=yes` would be read as false, and the word behind a flag as its value if it is `true` or `false`. */
function refuseValuesOfFlags(words: readonly string[]): void {
  for (const [i, word] of optionWords(words).entries()) {
    const [, flag, given] = /^--([\w-]+)(=)?/.exec(word) ?? [];
    const name = given === "=" || /^(true|false)$/.test(words[i + 1] ?? "") ? flag : undefined;
    const known = Object.values<CommandInfo>(commands).map(({ options }) => options[name ?? ""]);
    if (known.some((option) => option && option.value === undefined))
      throw new UsageError(`--${name} takes no value`);
  }
}

/** A lone dash is standard input, which one command reads; others would not get to see it. */
function refuseDash(words: readonly string[]): void {
  if (commandWord(words) !== "linearize" && optionWords(words).includes("-"))
    throw new UsageError("- is standard input, which only `muchado linearize` reads");
}

/** Puts a complaint of yargs in the house's words, with a suggestion. */
function explain(message: string, words: readonly string[]): string {
  const [, missing] = /^Not enough arguments following: (.+)$/.exec(message) ?? [];
  if (missing !== undefined) return `--${missing} needs a value`;
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
  if (unknown === undefined) return message.replaceAll(/\s+/g, " ");
  const command = commandWord(words);
  // Of an unknown command yargs knows no option.
  if (command === undefined) return NOTHING_TO_DO;
  if (!isCommand(command)) {
    const suggestion = didYouMean(command, Object.keys(commands)) ?? "`muchado --help` lists the commands";
    return `unknown command ${JSON.stringify(command)}; ${suggestion}`;
  }
  const option = words.find(
    (word) => /^--?/.test(word) && word.replace(/^--?/, "").split("=")[0] === unknown,
  );
  if (option !== undefined) {
    const suggestion = didYouMean(unknown, Object.keys(commands[command].options))?.replace("`", "`--");
    return `unknown option ${option.split("=")[0]}${suggestion ? `; ${suggestion}` : ""}`;
  }
  return `unexpected argument ${JSON.stringify(unknown)}`;
}
