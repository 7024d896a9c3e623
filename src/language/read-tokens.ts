import type { CstNode, IRecognitionException, IToken, TokenType } from "chevrotain";
import type { Span } from "./ast.ts";
import { EOF } from "./chevrotain.ts";
import { isWhole, spanOfToken, wholePieces } from "./cst.ts";
import { AdoParser } from "./grammar.ts";
import { hasMembers, memberStarts, type Piece, splitBefore } from "./split-tokens.ts";
import { sentences, splitSentence } from "./syntax-errors.ts";
import { keywords } from "./tokens.ts";

/** A complaint of the parser. */
export interface Problem {
  readonly at: Span;
  readonly message: string;
  readonly hint?: string;
}

/** What was made of the tokens of one declaration. */
export interface Reading {
  /** The declaration, if all of it could be read. */
  readonly tree?: CstNode;
  /** If not: those of its fields, procedures and statements that could, whatever they stand in. */
  readonly pieces: readonly CstNode[];
  readonly problems: readonly Problem[];
}

/** Reads one declaration; `next` begins the one behind it. The members of a damaged ADO or DApp are read one by one, so that
 *  an error in one hides none in the others. */
export function readDeclaration({ kind, tokens }: Piece, next?: IToken): Reading {
  const [first, ...others] = tokens as [IToken, ...IToken[]];
  if (first.tokenType !== kind) {
    const wrong = read((parser) => parser.declaration(), tokens).problems.slice(0, 1);
    if (kind === undefined) return { pieces: [], problems: wrong };
    const meant = { ...first, tokenType: kind, tokenTypeIdx: kind.tokenTypeIdx! };
    const reading = readDeclaration({ kind, tokens: [meant, ...others] }, next);
    return { ...reading, problems: [...wrong, ...reading.problems] };
  }
  const { tree, problems } = read((parser) => parser.declaration(), tokens, next);
  if (problems.length === 0 && isWhole(tree)) return { tree, pieces: [], problems };
  if (!hasMembers(kind)) return { pieces: [], problems };
  const [head, ...parts] = splitMembers(tokens);
  const members = parts.map((part, i) => readMember(part, parts[i + 1]?.[0] ?? next));
  const inHead = problems.filter((problem) => problem.at.start <= head!.at(-1)!.startOffset);
  const strange = parts.flatMap(([word]) => strangeMember(kind, word!));
  const found = [...inHead, ...strange, ...members.flatMap((member) => member.problems)];
  return {
    pieces: members.flatMap((member) => wholePieces(member.tree, ["variable", "procedure", "statement"])),
    problems: found.length > 0 ? found : problems,
  };
}

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

/** A member of an ADO in a DApp, or the other way round: its word is wrong, and nothing else. */
function strangeMember(kind: TokenType, word: IToken): Problem[] {
  const [own, whose] = kind === keywords.ADO ? [ofApplication, "a DApp"] : [ofObject, "an ADO"];
  const counterpart = own.get(word.tokenType);
  if (counterpart === undefined) return [];
  const hint = `write \`${counterpart}\` instead`;
  return [{ at: spanOfToken(word), message: `\`${word.image}\` belongs into ${whose}`, hint }];
}

const ofObject = new Map([
  [keywords.shared, "var"],
  [keywords.method, "proc"],
]);
const ofApplication = new Map([
  [keywords.var, "shared"],
  [keywords.proc, "method"],
]);

/** Reads one member. */
function readMember(tokens: readonly IToken[], next: IToken | undefined) {
  const rule = tokens[0]!.tokenType;
  return read(
    (parser) => {
      if (rule === keywords.shared) return parser.shared();
      if (rule === keywords.method) return parser.method();
      return rule === keywords.var ? parser.local() : parser.proc();
    },
    tokens,
    next,
  );
}

let parser: AdoParser | undefined;

/** Analysing the grammar takes a moment, so one parser is kept; each run sets it anew. The parser has to stop right before
 *  `next`, if there is more behind the tokens. */
function read(
  rule: (parser: AdoParser) => CstNode,
  tokens: readonly IToken[],
  next?: IToken,
): { tree: CstNode; problems: Problem[] } {
  parser ??= new AdoParser(sentences);
  parser.input = next === undefined ? [...tokens] : [...tokens, next];
  const tree = rule(parser);
  const errors = parser.errors.filter(
    ({ name, token }) => name !== "NotAllInputParsedException" || token !== next,
  );
  const problems = errors.map((error) => ({
    at: placeOf(error, tokens.at(-1)!),
    ...splitSentence(error.message),
    isAtEnd: error.token.tokenType === EOF || error.token === next,
  }));
  // Where an opening brace was missing, the closing one is missed in vain.
  const isOpened = !problems.some(missesBrace);
  return { tree, problems: isOpened ? problems : problems.filter((problem) => !problem.isAtEnd) };
}

/** Whether a `{` is missing, so that one `}` seems to be too many. */
export const missesBrace = ({ message }: Problem): boolean => message.startsWith("expected `{`");

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
