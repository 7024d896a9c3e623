import type { IToken, TokenType } from "chevrotain";
import type { Report } from "./build-expression.ts";
import { spanning, spanOfToken } from "./cst.ts";
import * as t from "./tokens.ts";

/** The tokens with what other languages write for the signs of this one taken for those, and reported. It is looked for only
 *  where no right program has it. */
export function withoutForeignSigns(tokens: readonly IToken[], report: Report): IToken[] {
  const found: IToken[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [token, next, third] = [tokens[i]!, tokens[i + 1], tokens[i + 2]];
    const before = found.at(-1);
    const word = wordFor(token, before, next);
    if (word !== undefined) {
      report(spanOfToken(token), `\`${token.image}\` is no operator`, `write \`${word.PATTERN}\``);
      found.push({ ...token, tokenType: word, tokenTypeIdx: word.tokenTypeIdx! });
      continue;
    }
    if (DECLARING.has(token.image) && next?.tokenType === t.Identifier && third?.tokenType === t.Assign) {
      const hint = `locals need no declaration: write \`${next.image} := …;\``;
      report(spanOfToken(token), `there is no \`${token.image}\` here`, hint);
      continue;
    }
    const isPair = next !== undefined && arithmetic.has(token.tokenType) && follows(token, next);
    const isAssignment = isPair && next.tokenType === t.Is;
    const isCount = isPair && next.tokenType === token.tokenType && third?.tokenType === t.Semicolon;
    if (!isAssignment && !isCount) {
      found.push(token);
      continue;
    }
    const name = before?.tokenType === t.Identifier ? before.image : "x";
    const sign = token.image + next.image;
    const hint = `write \`${name} := ${name} ${token.image} ${isCount ? "1" : "…"};\``;
    report(spanning(spanOfToken(token), spanOfToken(next)), `there is no \`${sign}\``, hint);
    if (isAssignment) found.push({ ...token, tokenType: t.Assign, tokenTypeIdx: t.Assign.tokenTypeIdx! });
    i++;
  }
  return found;
}

/** What declares a local elsewhere, and is no word of this language. */
const DECLARING: ReadonlySet<string> = new Set(["let", "int"]);

const arithmetic = new Set<TokenType>([t.Plus, t.Minus, t.Star, t.Slash, t.Percent]);

const follows = (token: IToken, next: IToken): boolean => next.startOffset === token.startOffset + 1;

/** The operator that is meant by a word, which stands where no name can: between two operands, or before one. */
function wordFor(token: IToken, before: IToken | undefined, next: IToken | undefined): TokenType | undefined {
  if (token.tokenType !== t.Identifier || next === undefined || !begins.has(next.tokenType)) return undefined;
  const isBehind = before !== undefined && ends.has(before.tokenType);
  // In front of parentheses it may be a name: `client 1 and()`, `not(x)`.
  if (token.image === "not") return isBehind || next.tokenType === t.LeftParen ? undefined : t.Not;
  if (!isBehind || (before.tokenType === t.Integer && next.tokenType === t.LeftParen)) return undefined;
  return token.image === "and" ? t.And : token.image === "or" ? t.Or : undefined;
}

const { keywords } = t;
const literals = [
  t.Integer,
  t.Text,
  keywords.true,
  keywords.false,
  keywords.None,
  keywords.FAIL,
  keywords.me,
];
const begins = new Set<TokenType>([...literals, t.Identifier, t.LeftParen, t.Not, keywords.this]);
const ends = new Set<TokenType>([...literals, t.Identifier, t.RightParen, t.RightBracket]);
