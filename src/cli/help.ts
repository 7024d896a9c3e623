/** The help. It loads next to nothing, since those who ask are in a hurry. */

import { wrap } from "../report/wrap.ts";
import { type Command, type CommandInfo, commandForm, commands, isCommand, optionWords } from "./commands.ts";

const ABOUT = "Checks models of replicated systems: every state they can reach within stated bounds.";

const EPILOGUE = [
  "`muchado check --help` lists the options of a check.",
  "Exit codes: 0 everything holds, 1 a violation, 2 inconclusive, 3 vacuous, 64 wrong usage or an unreadable model, 70 the tool or a model is at fault, 130 interrupted.",
];

const COMMON = [
  ["-h, --help", "print this"],
  ["--version", "print the version"],
] as const;

/** What `words` ask to be told of: a command, or all of it; `undefined` if they ask for something else. */
export function helpAsked(words: readonly string[]): Command | "all" | undefined {
  const own = optionWords(words);
  const isHelp = (word: string): boolean => word === "--help" || word === "-h";
  // `muchado help`, `muchado help check` and `muchado check help`.
  const asksInWords = own.length <= 2 && own.includes("help");
  if (!asksInWords && !own.some(isHelp)) return undefined;
  const command = own.find((word) => word !== "help" && !word.startsWith("-"));
  return isCommand(command) ? command : "all";
}

/** The help in lines of at most `width` characters. */
export function helpText(asked: Command | "all", width: number): string {
  return `${(asked === "all" ? overview(width) : helpOf(asked, width)).join("\n")}\n`;
}

function overview(width: number): string[] {
  const rows = Object.entries(commands).map(
    ([name, command]) => [`muchado ${commandForm(name, command)}`, command.about] as const,
  );
  return [
    "muchado <command>",
    "",
    ...wrap(ABOUT, width),
    "",
    "Commands:",
    ...table(rows, width),
    "",
    "Options:",
    ...table(COMMON, width),
    "",
    ...EPILOGUE.flatMap((line) => wrap(line, width)),
  ];
}

function helpOf(name: Command, width: number): string[] {
  const command: CommandInfo = commands[name];
  const { operand, about, options } = command;
  const rows = Object.entries(options).map(([option, { value, about, standard }]) => {
    const form = value === undefined ? `--${option}` : `--${option} ${value}`;
    return [form, standard === undefined ? about : `${about}; by default ${standard}`] as const;
  });
  return [
    ...wrap(`muchado ${commandForm(name, command)} [options]`, width),
    "",
    ...wrap(about, width),
    ...(operand ? ["", ...table([[operand.name, operand.about]], width)] : []),
    "",
    "Options:",
    ...table([...rows, ...COMMON], width),
  ];
}

const MARGIN = "  ";

/** Names, and beside each what is said of it; below it where the name takes more than half of the width. */
function table(rows: readonly (readonly [name: string, about: string])[], width: number): string[] {
  const widest = Math.max(...rows.map(([name]) => name.length));
  const column = Math.min(widest + 2 * MARGIN.length, Math.floor(width / 2));
  return rows.flatMap(([name, about]) => {
    const lines = wrap(about, width - column).map((line) => " ".repeat(column) + line);
    const head = MARGIN + name;
    if (head.length + MARGIN.length > column) return [head, ...lines];
    return [head.padEnd(column) + lines[0]!.slice(column), ...lines.slice(1)];
  });
}
