import type { IParserErrorMessageProvider, IToken, TokenType } from "chevrotain";
import { didYouMean } from "../schema/suggestion.ts";
import { EOF } from "./chevrotain.ts";
import { Identifier, keywords, RightBrace } from "./tokens.ts";

/** The parser's complaints as sentences: message, then (behind a line break) the hint, if there is one. */
export const sentences: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, ruleName }) => {
    const others = wanted.get(`${ruleName} ${labelOf(expected)}`) ?? [];
    return sentence([...others, labelOf(expected)], actual, ruleName, [expected]);
  },
  buildNotAllInputParsedMessage: ({ firstRedundant, ruleName }) => {
    const members = ruleName === "declaration" ? declarations : memberStarts(ruleName);
    return sentence(members.map(labelOf), firstRedundant, ruleName, members);
  },
  buildNoViableAltMessage: ({ expectedPathsPerAlt, actual, ruleName }) => {
    const expected = expectedPathsPerAlt.flat().flatMap((path) => path.slice(0, 1));
    return sentence(phraseFor(ruleName, expected), actual[0]!, ruleName, expected);
  },
  buildEarlyExitMessage: ({ expectedIterationPaths, actual, ruleName }) => {
    const expected = expectedIterationPaths.flatMap((path) => path.slice(0, 1));
    return sentence(phraseFor(ruleName, expected), actual[0]!, ruleName, expected);
  },
};

/** Takes apart what `sentences` has put together. */
export function splitSentence(text: string): { message: string; hint?: string } {
  const [message, hint] = text.split("\n");
  return hint === undefined ? { message: message! } : { message: message!, hint };
}

const declarations = [
  keywords.ADO,
  keywords.DApp,
  keywords.theorem,
  keywords.counterexample,
  keywords.enum,
  keywords.record,
  keywords.const,
];

/** What may follow a member of an object or of an application. */
function memberStarts(ruleName: string): TokenType[] {
  const isOfObject = ruleName === "shared" || ruleName === "method";
  return isOfObject
    ? [keywords.shared, keywords.method, RightBrace]
    : [keywords.var, keywords.proc, RightBrace];
}

/** What else could stand where the rule wants its closing token. */
const wanted = new Map([
  ["ado `}`", ["`shared`", "`method`"]],
  ["dapp `}`", ["`var`", "`proc`"]],
  ["block `}`", ["a statement"]],
  ["recordType `}`", ["a field"]],
]);

const phrases = new Map([
  ["atom", ["an expression"]],
  ["statement", ["a statement"]],
  ["typeAtom", ["a type"]],
  ["type", ["a type"]],
  ["postfix", ["`.`", "`[`"]],
  ["claim", ["a claim"]],
  ["objectParameter", ["an object", "`...`"]],
]);

function phraseFor(ruleName: string, expected: readonly TokenType[]): string[] {
  return phrases.get(ruleName) ?? [...new Set(expected.map(labelOf))];
}

function labelOf(type: TokenType): string {
  return type.LABEL ?? type.name;
}

function sentence(
  phrase: readonly string[],
  actual: IToken,
  ruleName: string,
  expected: readonly TokenType[],
): string {
  const found = actual.tokenType === EOF ? "the end of the file" : `\`${firstLine(actual.image)}\``;
  const list = phrase.length > 1 ? `${phrase.slice(0, -1).join(", ")} or ${phrase.at(-1)}` : phrase.join("");
  const hint = hintFor(actual, ruleName, expected);
  return `expected ${list} but found ${found}${hint === undefined ? "" : `\n${hint}`}`;
}

function firstLine(image: string): string {
  return image.split(/[\r\n]/)[0]!;
}

/** The usual cause of what was found, most telling first. */
function hintFor(actual: IToken, ruleName: string, expected: readonly TokenType[]): string | undefined {
  const labels = expected.map(labelOf);
  const isKeyword = Object.values(keywords).includes(actual.tokenType);
  if (actual.image === ":=" && labels.includes("`)`")) return "a condition does not assign; equality is `==`";
  if (actual.image === "&" || actual.image === "|") return "and is written `&&`, or `||`";
  if (actual.image === "var" && ruleName === "block") return "locals need no declaration: write `x := …;`";
  const isNext = [...declarations, keywords.method, keywords.proc, keywords.shared].includes(
    actual.tokenType,
  );
  if (isNext && labels.includes("`}`")) return "a `}` is missing before it";
  if (actual.image === "}" && labels.includes("`}`")) return "there is one `}` too many";
  if (actual.image === "else") return "`else` follows the `}` of an `if`";
  if (labels.includes("`{`") && actual.tokenType !== EOF && ruleName === "block") {
    return "a body stands in braces: `{ … }`";
  }
  if (actual.tokenType === EOF) return missingAtEnd(labels);
  if (isKeyword && labels.includes("a name") && actual.tokenType.CATEGORIES?.length === 0) {
    return `\`${actual.image}\` is a word of the language: choose another name`;
  }
  if (actual.tokenType === Identifier) {
    const near = didYouMean(actual.image, alternativesOf(ruleName, labels));
    if (near !== undefined) return near;
  }
  return usualForms.get(ruleName) ?? (labels.includes("`;`") ? "statements end with `;`" : undefined);
}

function missingAtEnd(labels: readonly string[]): string {
  return labels.includes("`;`") ? "statements end with `;`" : "something opened before is never closed";
}

/** The keywords that the rule could have gone on with. */
function alternativesOf(ruleName: string, labels: readonly string[]): string[] {
  const others = [...wanted].filter(([key]) => key.startsWith(`${ruleName} `)).flatMap(([, words]) => words);
  const statements = ruleName === "block" ? ["if", "while", "for", "break", "continue", "return"] : [];
  return [...labels, ...others]
    .map((label) => label.replaceAll("`", ""))
    .filter((label) => /^\w+$/.test(label))
    .concat(statements);
}

const usualForms = new Map([
  ["declaration", "a file is made of ADO, DApp, theorem, enum, record and const declarations"],
  ["ado", "an object is written `ADO Name { shared x : type := value; method m(args) { … } }`"],
  ["shared", "a field is written `shared x : type := value;`"],
  [
    "variable",
    "a field is written `shared x : type := value;`, a client's own variable `var x : type := value;`",
  ],
  ["dapp", "an application is written `DApp Name(o: Type) { var x := value; proc p(args) { … } }`"],
  ["objectParameter", "an object is written `name: Type`, a family `rm_1: RM, ..., rm_n: RM`"],
  ["procedure", "write `method m(x, y) { … }` or `proc p(x, y) { … }`"],
  ["parameter", "a parameter is `x` or `x : type`"],
  ["enumeration", "write `enum Name { FIRST, SECOND }`"],
  ["recordType", "write `record Name { field : type; }`"],
  ["recordField", "write `record Name { field : type; }`"],
  ["record", "a record value is written `Name { field: value }`"],
  ["recordEntry", "a record value is written `Name { field: value }`"],
  ["constant", "write `const N = 2;`"],
  ["typeAtom", "types are int, N, bool, string, option T, T * T, [T], and names of records and enumerations"],
  ["type", "types are int, N, bool, string, option T, T * T, [T], and names of records and enumerations"],
  ["condition", "a condition stands in parentheses: `if (x == 1) { … }`"],
  ["for", "write `for i in 0..N { … }` or `for x in [a, b] { … }`"],
  ["binding", "write `forall c, d: …`, `forall i in 0..n: …` or `exists rm in [rm_1, ..., rm_n]: …`"],
  ["quantifier", "write `forall c, d: …`, `forall i in 0..n: …` or `exists rm in [rm_1, ..., rm_n]: …`"],
  ["claim", "write `App implements Spec`, `App returns`, or `always`, `never` or `sometimes App predicate`"],
  ["theorem", "write `theorem name: App implements Spec given clients = 2, each set(1) | get(), times = 3;`"],
  ["given", "given takes `bound = number`, `each call() | call()` and `client 1 call() then call()`"],
  ["setting", "a bound is written `clients = 2`"],
  ["client", "write `client 1 set(1) then get()`"],
  ["workloadCall", "a workload is made of calls: `each set(1) | get()`"],
  ["atom", "an expression is a value, a name, a call, or one in parentheses"],
]);
