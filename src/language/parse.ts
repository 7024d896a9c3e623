import type { ILexingResult, IToken } from "chevrotain";
import type { Program, Span } from "./ast.ts";
import { buildDeclaration, buildPiece } from "./build-declaration.ts";
import { spanOfToken } from "./cst.ts";
import { errorAt, inOrder, type LanguageError } from "./errors.ts";
import { withoutForeignSigns } from "./foreign-signs.ts";
import { missesBrace, readDeclaration } from "./read-tokens.ts";
import { splitDeclarations } from "./split-tokens.ts";
import { ForeignName, lexer, UnclosedText } from "./tokens.ts";

export interface Parsed {
  /** The declarations that were read whole. */
  readonly program: Program;
  /** Every syntax error, in the order of the text. */
  readonly errors: readonly LanguageError[];
}

/** How deep brackets and quantifiers may nest. */
const maxNesting = 100;

/** The program that `source` spells. Never throws: whatever is wrong is in `errors`. */
export function parseProgram(source: string, file: string): Parsed {
  const errors: LanguageError[] = [];
  const report = (at: Span, message: string, hint?: string) =>
    void errors.push(errorAt({ file, source }, at, message, hint));
  const strange = strangeCharacter(source);
  if (strange !== undefined) {
    report(strange, "this is not a text file (UTF-8)", "save it as UTF-8");
    return { program: { file, source, declarations: [] }, errors };
  }
  const lexed = lexer.tokenize(source);
  reportWords(lexed, report);
  const deepest = tooDeep(lexed.tokens);
  if (deepest !== undefined) {
    report(spanOfToken(deepest), `more than ${maxNesting} brackets are open here`, "split the program up");
    return { program: { file, source, declarations: [] }, errors: inOrder(errors) };
  }
  const cut = splitDeclarations(withoutForeignSigns(lexed.tokens, report));
  const declarations = cut.pieces.flatMap((declaration, i) => {
    const { tree, pieces, problems } = readDeclaration(declaration, cut.pieces[i + 1]?.tokens[0]);
    for (const problem of problems) report(problem.at, problem.message, problem.hint);
    const braces = problems.some(missesBrace) ? [] : cut.superfluous.filter((one) => one.in === declaration);
    for (const { brace } of braces)
      report(spanOfToken(brace), "there is one `}` too many", "take it out, or open what it closes");
    for (const piece of pieces) buildPiece(piece, report);
    return tree === undefined ? [] : [buildDeclaration(tree, report)];
  });
  return { program: { file, source, declarations }, errors: inOrder(errors) };
}

/** The first character that a text does not have: a NUL, or what stands for bytes that are no character. */
function strangeCharacter(source: string): Span | undefined {
  const start = source.search(/[\0\ufffd]/);
  if (start < 0) return undefined;
  const lines = source.slice(0, start).split("\n");
  return { start, end: start + 1, line: lines.length, column: lines.at(-1)!.length + 1 };
}

const namesHint = "names are ASCII letters, digits and `_`";

function reportWords(lexed: ILexingResult, report: (at: Span, message: string, hint?: string) => void): void {
  for (const error of lexed.errors) {
    const { offset: start, length, line = 1, column = 1 } = error;
    report(
      { start, end: start + length, line, column },
      "these characters mean nothing here",
      "take them out, or put them in quotes or a comment",
    );
  }
  for (const comment of lexed.groups.unclosed ?? []) {
    const span = spanOfToken(comment);
    report({ ...span, end: span.start + 2 }, "this comment never ends", "close it with `*/`");
  }
  const foreign = new Set<string>();
  for (const token of lexed.tokens) {
    const { tokenType, image } = token;
    if (tokenType === UnclosedText)
      report(spanOfToken(token), "this string does not end on its line", 'close it with `"`');
    if (tokenType === ForeignName && !foreign.has(image)) {
      report(spanOfToken(token), "this name has other letters than names may", namesHint);
      foreign.add(image);
    }
  }
}

/** Quantifiers nest without brackets, as far as the bracket that they are in, or their statement, goes. */
function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  const outside: number[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (/^[([{]$/.test(token.image)) outside.push(depth++);
    else if (/^[)\]}]$/.test(token.image)) depth = outside.pop() ?? 0;
    else if (token.image === "forall" || token.image === "exists") depth++;
    else if (token.image === ";") depth = (outside.at(-1) ?? -1) + 1;
    if (depth > maxNesting) return token;
  }
  return undefined;
}
