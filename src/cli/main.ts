/** The command line from end to end: what was typed, what is done about it, and the exit code. */

import type { CatalogEntry } from "../model/catalog.ts";
import { thrownText } from "../model/thrown.ts";
import { printable, printableLines } from "../report/printable.ts";
import { FAULT, USAGE } from "../verdict/exit-codes.ts";
import type { Typed } from "./command-line.ts";
import { type Command, optionWords } from "./commands.ts";
import { end, refuseOtherEnds } from "./ending.ts";
import { helpAsked, helpText } from "./help.ts";
import { preparing } from "./interrupts.ts";
import { noAnswer, promiseDocument } from "./no-answer.ts";
import { flush, guardStreams, print, remark, terminalWidth } from "./streams.ts";
import { readTool } from "./tool.ts";
import { ProgramError, UsageError } from "./usage-error.ts";

/** Gives the models that are known by name, or at least the one that `name` names. Everything beyond the version and the help is loaded only when needed. */
export type LoadCatalog = (name?: string) => Promise<readonly CatalogEntry[]>;

/** Does what `words` say, and ends the process. */
export async function main(words: readonly string[], loadCatalog: LoadCatalog): Promise<never> {
  refuseOtherEnds();
  guardStreams(({ code, message }) => {
    remark(`the output cannot be written (${code ?? message})`);
    end(FAULT);
  });
  const exitCode = await answer(words, loadCatalog);
  await flush();
  end(exitCode);
}

/** Does what `words` say, and says what is wrong with them.  @returns the exit code */
export async function answer(words: readonly string[], loadCatalog: LoadCatalog): Promise<number> {
  promiseDocument(words);
  return obey(words, loadCatalog).catch(explain);
}

/** A command takes its options, and gives the exit code. */
type Obey = (typed: Typed, loadCatalog: LoadCatalog) => number | Promise<number>;

const COMMANDS: { readonly [C in Command]: () => Promise<Obey> } = {
  check: async () => (await import("./check.ts")).check,
  simulate: async () => (await import("./simulate.ts")).simulate,
  mutants: async () => (await import("./mutants.ts")).mutants,
  explore: async () => (await import("./explore.ts")).explore,
  linearize: async () => (await import("./linearize.ts")).linearizeHistory,
  show: async () => (await import("./show.ts")).show,
  replay: async () => (await import("./replay.ts")).replay,
  estimate: async () => (await import("./estimate.ts")).estimate,
  ci: async () => (await import("./ci.ts")).ci,
  list: async () => (await import("./list.ts")).list,
};

async function obey(words: readonly string[], loadCatalog: LoadCatalog): Promise<number> {
  if (optionWords(words).includes("--version")) {
    print(`${readTool().version}\n`);
    return 0;
  }
  const asked = helpAsked(words);
  if (asked !== undefined) {
    print(helpText(asked, Math.min(WIDEST_HELP, terminalWidth() ?? WIDEST_HELP)));
    return 0;
  }
  const carryOut = await preparing(() => understand(words, loadCatalog));
  return carryOut();
}

const WIDEST_HELP = 100;

/** What `words` ask for, loaded and not begun.  @throws UsageError */
async function understand(
  words: readonly string[],
  loadCatalog: LoadCatalog,
): Promise<() => number | Promise<number>> {
  const { readCommandLine } = await import("./command-line.ts");
  const { kind, typed } = readCommandLine(words);
  const command = await COMMANDS[kind]();
  return () => command(typed, loadCatalog);
}

function explain(error: unknown): number {
  if (error instanceof ProgramError)
    return noAnswer(USAGE, printableLines(error.message).map(shortened).join("\n"));
  if (error instanceof UsageError)
    return noAnswer(USAGE, shortened(printable(error.message.replaceAll(/\s*\n\s*/g, " "))));
  const account = error instanceof Error ? (error.stack ?? error.message) : thrownText(error);
  return noAnswer(FAULT, `a defect of the tool, please report it: ${account}`);
}

const MOST_CHARACTERS = 1500;
const LAST_CHARACTERS = 300;

/** What was typed or read may be of any length; what is said of it is not. */
function shortened(line: string): string {
  if (line.length <= MOST_CHARACTERS) return line;
  return `${line.slice(0, MOST_CHARACTERS - LAST_CHARACTERS)} … ${line.slice(-LAST_CHARACTERS)}`;
}
