import type { IToken, TokenType } from "chevrotain";
import { nearestTo } from "../schema/suggestion.ts";
import { Identifier, keywords } from "./tokens.ts";

/** The tokens of one declaration. */
export interface Piece {
  /** The word that it begins with, or would begin with if that were not misspelt; none if nobody knows what it is. */
  readonly kind: TokenType | undefined;
  readonly tokens: readonly IToken[];
}

/** The words that begin a declaration, wherever they stand. */
const declarationStarts: readonly TokenType[] = [
  keywords.ADO,
  keywords.DApp,
  keywords.enum,
  keywords.record,
  keywords.const,
  keywords.theorem,
  keywords.counterexample,
];

/** What begins a member wherever it stands; `var` does so only outside of bodies, where some write it by mistake. */
export const memberStarts: ReadonlySet<TokenType> = new Set([
  keywords.shared,
  keywords.method,
  keywords.proc,
]);

export const hasMembers = (kind: TokenType | undefined): boolean =>
  kind === keywords.ADO || kind === keywords.DApp;

/** The tokens cut into declarations, and the closing braces without which they can be; those are in no piece. A declaration
 *  begins at one of its words, misspelt or not; what follows the end of one and begins no other is a piece by itself. */
export function splitDeclarations(tokens: readonly IToken[]): {
  pieces: Piece[];
  superfluous: { readonly brace: IToken; readonly in: Piece }[];
} {
  type Open = Piece & { tokens: IToken[]; depth: number };
  const pieces: Open[] = [];
  const superfluous: { brace: IToken; in: Open }[] = [];
  let isOver = true;
  for (const [i, token] of tokens.entries()) {
    const kind = kindOf(token, isOver ? tokens[i + 1] : undefined);
    let piece = pieces.at(-1);
    const isMember = memberStarts.has(token.tokenType) || token.tokenType === keywords.var;
    if (piece !== undefined && kind === undefined && isMember && hasMembers(piece.kind)) {
      // At depth 0, either the brace before is one too many, or the first one is missing.
      if (isOver) superfluous.push({ brace: piece.tokens.pop()!, in: piece });
      if (piece.depth === 0) piece.depth = 1;
    } else if (piece !== undefined && kind === undefined && isOver && token.image === "}") {
      if (piece.kind !== undefined) superfluous.push({ brace: token, in: piece });
      continue;
    } else if (piece === undefined || kind !== undefined || (isOver && piece.kind !== undefined)) {
      piece = { kind, tokens: [], depth: 0 };
      pieces.push(piece);
    }
    piece.tokens.push(token);
    if (token.image === "{") piece.depth++;
    if (token.image === "}") piece.depth = Math.max(0, piece.depth - 1);
    isOver = piece.depth === 0 && endsOf(piece.kind).includes(token.image);
  }
  // Where no other brace closes the declaration, the members behind it are what is wrong, and the rest is whole.
  for (const { brace, in: piece } of superfluous) if (piece.depth > 0) piece.tokens.push(brace);
  return { pieces, superfluous };
}

/** The kind of declaration that begins with a word; one that is misspelt counts only where `next`, which follows, is a name. */
function kindOf({ tokenType, image }: IToken, next: IToken | undefined): TokenType | undefined {
  if (declarationStarts.includes(tokenType)) return tokenType;
  if (tokenType !== Identifier || next?.tokenType !== Identifier) return undefined;
  const words = new Map(declarationStarts.map((type) => [type.PATTERN as string, type]));
  const meant = nearestTo(image, words.keys());
  return meant === undefined ? undefined : words.get(meant);
}

/** What a declaration of some kind ends with, outside of braces. */
function endsOf(kind: TokenType | undefined): readonly string[] {
  switch (kind) {
    case undefined:
      return ["}", ";"];
    case keywords.const:
    case keywords.theorem:
    case keywords.counterexample:
      return [";"];
    default:
      return ["}"];
  }
}

/** Cuts before each token that begins something; what comes before the first of them is a piece, too. */
export function splitBefore(
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
