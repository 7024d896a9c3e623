import { type CstNode, EOF, type IRecognitionException, type IToken, type TokenType } from "chevrotain";
import type { Span } from "./ast.ts";
import { isWhole, spanOfToken, wholePieces } from "./cst.ts";
import { AdoParser } from "./grammar.ts";
import { sentences, splitSentence } from "./syntax-errors.ts";
import { keywords } from "./tokens.ts";

/** A complaint of the parser. */
export interface Problem {
  readonly at: Span;
  readonly message: string;
  readonly hint?: string;
}

/** The tokens cut into declarations: each begins at one of the reserved words that begin a declaration. */
export function splitDeclarations(tokens: readonly IToken[]): IToken[][] {
  return splitBefore(tokens, (token) => declarationStarts.has(token.tokenType));
}

/** What was made of the tokens of one declaration. */
export interface Reading {
  /** The declaration, if all of it could be read. */
  readonly tree?: CstNode;
  /** If not: those of its fields, procedures and statements that could, whatever they stand in. */
  readonly pieces: readonly CstNode[];
  readonly problems: readonly Problem[];
}

/** Reads one declaration. The members of a damaged ADO or DApp are read one by one, so that an error in one hides none
 *  in the others. */
export function readDeclaration(tokens: readonly IToken[]): Reading {
  const { tree, problems } = read((parser) => parser.declaration(), tokens);
  if (problems.length === 0 && isWhole(tree)) return { tree, pieces: [], problems };
  const kind = tokens[0]?.tokenType;
  if (kind !== keywords.ADO && kind !== keywords.DApp) return { pieces: [], problems };
  const [head, ...parts] = splitMembers(tokens);
  const members = parts.map((part, i) => readMember(part, parts[i + 1]?.[0]));
  const inHead = problems.filter((problem) => problem.at.start <= head!.at(-1)!.startOffset);
  const found = [...inHead, ...members.flatMap((member) => member.problems)];
  return {
    pieces: members.flatMap((member) => wholePieces(member.tree, ["variable", "procedure", "statement"])),
    problems: found.length > 0 ? found : problems,
  };
}

const declarationStarts = new Set<TokenType>([
  keywords.ADO,
  keywords.DApp,
  keywords.enum,
  keywords.record,
  keywords.const,
  keywords.theorem,
  keywords.counterexample,
]);

/** What begins a member wherever it stands; `var` does so only outside of bodies, where some write it by mistake. */
const memberStarts = new Set<TokenType>([keywords.shared, keywords.method, keywords.proc]);

/** The head up to the first member, then the members; the brace that closes the declaration is left out. */
function splitMembers(tokens: readonly IToken[]): IToken[][] {
  const depths: number[] = [];
  let depth = 0;
  for (const token of tokens) {
    depths.push(depth);
    if (token.image === "{") depth++;
    if (token.image === "}") depth--;
  }
  const closing = tokens.findLastIndex((token) => token.image === "}");
  const isClosed = depth <= 0 || closing === tokens.length - 1;
  return splitBefore(
    tokens.filter((_, i) => !isClosed || i !== closing),
    (token, i) => memberStarts.has(token.tokenType) || (token.tokenType === keywords.var && depths[i] === 1),
  );
}

/** Reads one member. `next` begins the one behind it: the parser has to stop right there. */
function readMember(tokens: readonly IToken[], next: IToken | undefined) {
  const rule = tokens[0]!.tokenType;
  const { tree, problems } = read(
    (parser) => {
      if (rule === keywords.shared) return parser.shared();
      if (rule === keywords.method) return parser.method();
      return rule === keywords.var ? parser.local() : parser.proc();
    },
    next === undefined ? tokens : [...tokens, next],
  );
  const isExpected = (problem: (typeof problems)[number]) =>
    problem.isLeftOver && problem.at.start === next?.startOffset;
  return { tree, problems: problems.filter((problem) => !isExpected(problem)) };
}

let parser: AdoParser | undefined;

/** Analysing the grammar takes a moment, so one parser is kept; each run sets it anew. */
function read(
  rule: (parser: AdoParser) => CstNode,
  tokens: readonly IToken[],
): { tree: CstNode; problems: (Problem & { isLeftOver: boolean; isAtEnd: boolean })[] } {
  parser ??= new AdoParser(sentences);
  parser.input = [...tokens];
  const tree = rule(parser);
  const problems = parser.errors.map((error) => ({
    at: placeOf(error, tokens.at(-1)!),
    ...splitSentence(error.message),
    isLeftOver: error.name === "NotAllInputParsedException",
    isAtEnd: error.token.tokenType === EOF,
  }));
  // Where an opening brace was missing, the closing one is missed in vain.
  const isOpened = problems.every((problem) => !problem.message.startsWith("expected `{`"));
  return { tree, problems: isOpened ? problems : problems.filter((problem) => !problem.isAtEnd) };
}

/** Something missing is missed right behind the token before; anything else is wrong where it stands. */
function placeOf(error: IRecognitionException, lastToken: IToken): Span {
  const isAtEnd = error.token.tokenType === EOF;
  if (!isAtEnd && !error.message.startsWith("expected `;`")) return spanOfToken(error.token);
  const previous = (error as { previousToken?: IToken }).previousToken;
  const before =
    isAtEnd || previous === undefined || Number.isNaN(previous.startOffset) ? lastToken : previous;
  const { end } = spanOfToken(before);
  return { start: end, end: end + 1, line: before.endLine ?? 1, column: (before.endColumn ?? 0) + 1 };
}

/** Cuts before each token that begins something; what comes before the first of them is a piece, too. */
function splitBefore(
  tokens: readonly IToken[],
  begins: (token: IToken, index: number) => boolean,
): IToken[][] {
  const pieces: IToken[][] = [];
  tokens.forEach((token, i) => {
    if (pieces.length === 0 || begins(token, i)) pieces.push([]);
    pieces.at(-1)!.push(token);
  });
  return pieces;
}
