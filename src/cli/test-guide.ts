/** For tests: a page of documentation whose files are written, whose diffs are applied and whose commands are run. */

import { folder, muchado } from "./test-command.ts";

const FENCE = /^```(?<language>\w+)(?: (?<note>\S+))?\n(?<text>[\s\S]*?)^```$/gm;

/** A fenced block: its language, what follows the language on the same line, and what is in it. */
export interface Block {
  readonly language: string;
  readonly note: string;
  readonly text: string;
}

export function blocksOf(page: string): Block[] {
  return [...page.matchAll(FENCE)].map(({ groups }) => {
    const { language, note, text } = groups!;
    return { language: language!, note: note ?? "", text: text! };
  });
}

/** The files that there are after each of some blocks: `diff FILE` changes one, any other language with a FILE is one. */
export function filesAfter(blocks: readonly Block[]): { readonly [file: string]: string }[] {
  let files: { readonly [file: string]: string } = {};
  return blocks.map(({ language, note, text }) => {
    if (/\.\w+$/.test(note)) {
      files = { ...files, [note]: language === "diff" ? patch(files[note]!, text) : text };
    }
    return files;
  });
}

/** Applies the hunks of a diff, which empty lines divide; each must fit in one place only. */
function patch(content: string, diff: string): string {
  return diff.split(/^\n/m).reduce((text, hunk) => {
    const lines = hunk.split(/(?<=\n)/);
    const side = (other: string): string =>
      lines
        .filter((line) => !line.startsWith(other))
        .map((line) => line.slice(1))
        .join("");
    const parts = text.split(side("+"));
    if (parts.length !== 2) throw new Error(`fits in ${parts.length - 1} places:\n${hunk}`);
    return parts.join(side("-"));
  }, content);
}

/**
 * The page with what its commands print now, where that differs in more than timing: blocks of `console exit=CODE`.
 * @throws Error if an exit code is another.
 */
export async function replayed(page: string): Promise<string> {
  const blocks = blocksOf(page);
  const files = filesAfter(blocks);
  const texts = await Promise.all(
    blocks.map((block, i) => (block.language === "console" ? output(block, folder(files[i])) : block.text)),
  );
  return page.replaceAll(FENCE, (whole: string) => {
    const [head] = /^.*\n/.exec(whole)!;
    return `${head}${texts.shift()}\`\`\``;
  });
}

async function output({ text, note }: Block, cwd: string): Promise<string> {
  const [first, command, shown] = /^\$ npx muchado (.*)\n([\s\S]*)$/.exec(text)!;
  const { exitCode, stdout, stderr } = await muchado([...command!.split(" "), "--quiet"], { cwd });
  if (`exit=${exitCode}` !== note) throw new Error(`${command}: exit code ${exitCode}\n${stdout}${stderr}`);
  return steady(stdout) === steady(shown!) ? first : `$ npx muchado ${command}\n${stdout}`;
}

/** Without time, speed and memory, which end the line of the verdict. */
const steady = (output: string): string =>
  output
    .replaceAll(/(, depth \d+), .*/g, "$1")
    .replaceAll(/( configurations?), .*/g, "$1")
    .replaceAll(/^(\d+ runs) in .*:/gm, "$1:");

/** The rows below a table's head, wherever it occurs: each a list of cells, with bars unescaped. */
export function tableRows(page: string, head: string): string[][] {
  return page
    .split(`| ${head} |\n`)
    .slice(1)
    .flatMap((rest) => /^\|[-|]+\n((?:\|.*\n)*)/.exec(rest)![1]!.trimEnd().split("\n"))
    .map((row) =>
      row
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|")),
    );
}

/** What is between backquotes. */
export const codeIn = (cell: string): string[] => [...cell.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
