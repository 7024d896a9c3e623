import type { TokenType } from "chevrotain";
import { createToken, Lexer } from "./chevrotain.ts";

/** A word that the program chooses. */
export const Identifier = createToken({
  name: "Identifier",
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  label: "a name",
});
/** A name with letters that names do not have: taken for a name, and reported. */
export const ForeignName = createToken({
  name: "ForeignName",
  pattern:
    /[A-Za-z0-9_]*[\u00c0-\u1fff\u2c00-\ud7ff\uf900-\ufdff][A-Za-z0-9_\u00c0-\u1fff\u2c00-\ud7ff\uf900-\ufdff]*/,
  label: "a name",
  categories: [Identifier],
});
export const Integer = createToken({ name: "Integer", pattern: /[0-9]+/, label: "a number" });
export const Text = createToken({ name: "Text", pattern: /"(?:[^"\\\r\n]|\\.)*"/, label: "a string" });
/** A string without its closing quote: taken for a string, and reported. */
export const UnclosedText = createToken({
  name: "UnclosedText",
  pattern: /"(?:[^"\\\r\n]|\\.)*/,
  label: "a string",
  categories: [Text],
});

function keyword(text: string, place: "reserved" | "in-theorems" = "reserved"): TokenType {
  return createToken({
    name: `Keyword_${text}`,
    pattern: text,
    label: `\`${text}\``,
    longer_alt: Identifier,
    ...(place === "in-theorems" ? { categories: [Identifier] } : {}),
  });
}

function symbol(name: string, text: string): TokenType {
  return createToken({ name, pattern: text, label: `\`${text}\`` });
}

/** Words with a meaning of their own. Those marked `in-theorems` are ordinary names everywhere else. */
export const keywords = {
  ADO: keyword("ADO"),
  DApp: keyword("DApp"),
  enum: keyword("enum"),
  record: keyword("record"),
  const: keyword("const"),
  shared: keyword("shared"),
  method: keyword("method"),
  var: keyword("var"),
  proc: keyword("proc"),
  theorem: keyword("theorem"),
  counterexample: keyword("counterexample"),
  if: keyword("if"),
  else: keyword("else"),
  while: keyword("while"),
  for: keyword("for"),
  in: keyword("in"),
  break: keyword("break"),
  continue: keyword("continue"),
  return: keyword("return"),
  this: keyword("this"),
  true: keyword("true"),
  false: keyword("false"),
  None: keyword("None"),
  Some: keyword("Some"),
  FAIL: keyword("FAIL"),
  me: keyword("me"),
  request: keyword("request"),
  any: keyword("any"),
  option: keyword("option"),
  forall: keyword("forall"),
  exists: keyword("exists"),
  implements: keyword("implements", "in-theorems"),
  returns: keyword("returns", "in-theorems"),
  always: keyword("always", "in-theorems"),
  never: keyword("never", "in-theorems"),
  sometimes: keyword("sometimes", "in-theorems"),
  over: keyword("over", "in-theorems"),
  given: keyword("given", "in-theorems"),
  each: keyword("each", "in-theorems"),
  client: keyword("client", "in-theorems"),
  // biome-ignore lint/suspicious/noThenProperty: a keyword of the language, never awaited
  then: keyword("then", "in-theorems"),
};

export const LeftBrace = symbol("LeftBrace", "{");
export const RightBrace = symbol("RightBrace", "}");
export const LeftParen = symbol("LeftParen", "(");
export const RightParen = symbol("RightParen", ")");
export const LeftBracket = symbol("LeftBracket", "[");
export const RightBracket = symbol("RightBracket", "]");
export const Semicolon = symbol("Semicolon", ";");
export const Comma = symbol("Comma", ",");
export const Assign = symbol("Assign", ":=");
export const Colon = symbol("Colon", ":");
export const Ellipsis = createToken({ name: "Ellipsis", pattern: /\.\.\.|…/, label: "`...`" });
export const Range = symbol("Range", "..");
export const Dot = symbol("Dot", ".");
export const Implies = symbol("Implies", "==>");
export const Equal = symbol("Equal", "==");
export const NotEqual = symbol("NotEqual", "!=");
export const AtMost = symbol("AtMost", "<=");
export const AtLeast = symbol("AtLeast", ">=");
export const Less = symbol("Less", "<");
export const Greater = symbol("Greater", ">");
export const Is = symbol("Is", "=");
export const Or = symbol("Or", "||");
export const And = symbol("And", "&&");
export const Bar = symbol("Bar", "|");
export const NotNot = symbol("NotNot", "!!");
export const Not = symbol("Not", "!");
export const Question = symbol("Question", "?");
export const Plus = symbol("Plus", "+");
export const Minus = symbol("Minus", "-");
export const Star = symbol("Star", "*");
export const Slash = symbol("Slash", "/");
export const Percent = symbol("Percent", "%");

const skipped = [
  createToken({ name: "Space", pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true }),
  createToken({ name: "LineComment", pattern: /\/\/[^\n\r]*/, group: Lexer.SKIPPED }),
  createToken({
    name: "BlockComment",
    pattern: /\/\*[\s\S]*?\*\//,
    group: Lexer.SKIPPED,
    line_breaks: true,
  }),
  createToken({ name: "UnclosedComment", pattern: /\/\*[\s\S]*/, group: "unclosed", line_breaks: true }),
];

/** Every token, the longer before its prefixes. */
export const vocabulary: TokenType[] = [
  ...skipped,
  ForeignName,
  ...Object.values(keywords).sort((a, b) => String(b.PATTERN).length - String(a.PATTERN).length),
  Identifier,
  Integer,
  Text,
  UnclosedText,
  ...[LeftBrace, RightBrace, LeftParen, RightParen, LeftBracket, RightBracket, Semicolon, Comma],
  ...[Assign, Colon, Ellipsis, Range, Dot, Implies, Equal, NotEqual, AtMost, AtLeast, Less, Greater, Is],
  ...[Or, And, Bar, NotNot, Not, Question, Plus, Minus, Star, Slash, Percent],
];

/** The lexer; it skips white space, `//` and block comments, and positions every token. */
export const lexer = new Lexer(vocabulary, { positionTracking: "full", ensureOptimizations: true });
