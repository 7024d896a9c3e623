/** The command line from end to end: what was typed, what is done about it, and the exit code. */

import type { CatalogEntry } from "../model/catalog.ts";
import { printable, printableLines } from "../report/printable.ts";
import { end, refuseOtherEnds } from "./ending.ts";
import { flush, print, remark } from "./streams.ts";
import { readTool } from "./tool.ts";
import { FAULT, ProgramError, textOf, USAGE, UsageError } from "./usage-error.ts";

/** Gives the models that are known by name, or at least the one that `name` names. Everything beyond the version and the help is loaded only when needed. */
export type LoadCatalog = (name?: string) => Promise<readonly CatalogEntry[]>;

/** Does what `words` say, and ends the process. */
export async function main(words: readonly string[], loadCatalog: LoadCatalog): Promise<never> {
  refuseOtherEnds();
  const exitCode = await answer(words, loadCatalog);
  await flush();
  end(exitCode);
}

/** Does what `words` say, and says what is wrong with them.  @returns the exit code */
export async function answer(words: readonly string[], loadCatalog: LoadCatalog): Promise<number> {
  return obey(words, loadCatalog).catch(explain);
}

async function obey(words: readonly string[], loadCatalog: LoadCatalog): Promise<number> {
  if (words.includes("--version")) {
    print(`${readTool().version}\n`);
    return 0;
  }
  const { readCommandLine } = await import("./command-line.ts");
  const invocation = readCommandLine(words);
  switch (invocation.kind) {
    case "help":
      print(invocation.text);
      return 0;
    case "check": {
      const { check } = await import("./check.ts");
      return check(invocation.typed, loadCatalog);
    }
    case "simulate": {
      const { simulate } = await import("./simulate.ts");
      return simulate(invocation.typed, loadCatalog);
    }
    case "mutants": {
      const { mutants } = await import("./mutants.ts");
      return mutants(invocation.typed, loadCatalog);
    }
    case "explore": {
      const { explore } = await import("./explore.ts");
      return explore(invocation.typed, loadCatalog);
    }
    case "linearize": {
      const { linearizeHistory } = await import("./linearize.ts");
      return linearizeHistory(invocation.typed);
    }
    case "show": {
      const { show } = await import("./show.ts");
      return show(invocation.typed);
    }
    case "replay": {
      const { replay } = await import("./replay.ts");
      return replay(invocation.typed, loadCatalog);
    }
    case "estimate": {
      const { estimate } = await import("./estimate.ts");
      return estimate(invocation.typed, loadCatalog);
    }
    case "ci": {
      const { ci } = await import("./ci.ts");
      return ci(invocation.typed, loadCatalog);
    }
    case "list": {
      const { list } = await import("./list.ts");
      return list(invocation.typed, loadCatalog);
    }
  }
}

function explain(error: unknown): number {
  if (error instanceof ProgramError) {
    remark(printableLines(error.message).map(shortened).join("\n"));
    return USAGE;
  }
  if (error instanceof UsageError) {
    remark(shortened(printable(error.message.replaceAll(/\s*\n\s*/g, " "))));
    return USAGE;
  }
  const account = error instanceof Error ? (error.stack ?? error.message) : textOf(error);
  remark(`a defect of the tool, please report it: ${account}`);
  return FAULT;
}

const MOST_CHARACTERS = 1500;
const LAST_CHARACTERS = 300;

/** What was typed or read may be of any length; what is said of it is not. */
function shortened(line: string): string {
  if (line.length <= MOST_CHARACTERS) return line;
  return `${line.slice(0, MOST_CHARACTERS - LAST_CHARACTERS)} … ${line.slice(-LAST_CHARACTERS)}`;
}
