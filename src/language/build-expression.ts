import type { CstNode, IToken } from "chevrotain";
import type { BinaryOperator, Binding, CallForm, Expression, Span, TypeExpression } from "./ast.ts";
import { nameOf, node, nodes, spanning, spanOf, spanOfToken, token, tokens } from "./cst.ts";
import { numberRange } from "./values.ts";

/** What the tree says wrongly although its form is right; `at` is where. */
export type Report = (at: Span, message: string, hint?: string) => void;

/** Says so if `tree` has the token `wrong` where `right` belongs. */
export function expectSymbol(tree: CstNode, wrong: "Is" | "Assign", hint: string, report: Report): void {
  const found = tokens(tree, wrong)[0];
  if (found === undefined) return;
  const right = wrong === "Is" ? ":=" : "=";
  report(spanOfToken(found), `expected \`${right}\` but found \`${found.image}\``, hint);
}

/** Operators in a row (`a + b + …`, `x.y.z…`) that one expression may have. */
const maxOperators = 200;

export function buildExpression(tree: CstNode, report: Report): Expression {
  const operands = nodes(tree, "disjunction").map((operand) => buildDisjunction(operand, report));
  limitOperators(operands.length, spanOf(tree), report);
  return operands.reduceRight((right, left) => binary("==>", left, right));
}

function buildDisjunction(tree: CstNode, report: Report): Expression {
  const operands = nodes(tree, "conjunction").map((operand) => buildConjunction(operand, report));
  limitOperators(operands.length, spanOf(tree), report);
  return operands.reduce((left, right) => binary("||", left, right));
}

function buildConjunction(tree: CstNode, report: Report): Expression {
  const operands = nodes(tree, "comparison").map((operand) =>
    buildChain(operand, "sum", report, (sum) =>
      buildChain(sum, "product", report, (product) =>
        buildChain(product, "prefixed", report, (prefixed) => buildPrefixed(prefixed, report)),
      ),
    ),
  );
  limitOperators(operands.length, spanOf(tree), report);
  return operands.reduce((left, right) => binary("&&", left, right));
}

/** `a op b op c`, grouped to the left. */
function buildChain(
  tree: CstNode,
  operandRule: string,
  report: Report,
  build: (operand: CstNode) => Expression,
): Expression {
  const operators = tokens(tree, "operator");
  limitOperators(operators.length, spanOf(tree), report);
  return nodes(tree, operandRule)
    .map(build)
    .reduce((left, right, i) => binary(operatorOf(operators[i - 1]!, report), left, right));
}

function operatorOf(operator: IToken, report: Report): BinaryOperator {
  if (operator.image !== "=") return operator.image as BinaryOperator;
  report(spanOfToken(operator), "`=` neither assigns nor compares", "assign with `:=`, compare with `==`");
  return "==";
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: "binary", operator, left, right, span: spanning(left.span, right.span) };
}

function limitOperators(count: number, at: Span, report: Report): void {
  if (count <= maxOperators) return;
  report(
    at,
    `this expression has more than ${maxOperators} operators in a row`,
    "assign its parts to locals",
  );
}

function buildPrefixed(tree: CstNode, report: Report): Expression {
  const prefixes = tokens(tree, "prefix");
  limitOperators(prefixes.length, spanOf(tree), report);
  const operand = buildPostfixed(node(tree, "postfixed"), report);
  return prefixes.reduceRight((inner, prefix) => {
    const span = spanning(spanOfToken(prefix), inner.span);
    const operator = prefix.image === "-" ? "-" : "!";
    const once: Expression = { kind: "unary", operator, operand: inner, span };
    return prefix.image === "!!" ? { kind: "unary", operator, operand: once, span } : once;
  }, operand);
}

function buildPostfixed(tree: CstNode, report: Report): Expression {
  const postfixes = nodes(tree, "postfix");
  limitOperators(postfixes.length, spanOf(tree), report);
  return postfixes.reduce(
    (of, postfix) => buildPostfix(of, postfix, report),
    buildAtom(node(tree, "atom"), report),
  );
}

function buildPostfix(of: Expression, tree: CstNode, report: Report): Expression {
  const span = spanning(of.span, spanOf(tree));
  const key = nodes(tree, "expression")[0];
  if (key !== undefined) return { kind: "index", of, key: buildExpression(key, report), span };
  const name = nameOf(token(tree, "Identifier"));
  const list = nodes(tree, "arguments")[0];
  if (list === undefined) return { kind: "field", of, name, span };
  const form = nodes(tree, "callForm")[0];
  return {
    kind: "call",
    object: of,
    operation: name,
    arguments: buildArguments(list, report),
    form: form === undefined ? "" : (firstToken(form).image as CallForm),
    span,
  };
}

export function buildArguments(tree: CstNode, report: Report): Expression[] {
  return nodes(tree, "expression").map((argument) => buildExpression(argument, report));
}

function firstToken(tree: CstNode): IToken {
  return Object.values(tree.children).flat()[0] as IToken;
}

function buildAtom(tree: CstNode, report: Report): Expression {
  const literal = tokens(tree, "literal")[0];
  if (literal !== undefined) return buildLiteral(literal, report);
  const inner = Object.values(tree.children).flat()[0] as CstNode;
  const span = spanOf(inner);
  switch (inner.name) {
    case "some":
      return { kind: "some", value: buildExpression(node(inner, "expression"), report), span };
    case "quantifier":
      return {
        kind: "quantifier",
        quantifier: tokens(inner, "Keyword_forall").length > 0 ? "forall" : "exists",
        bindings: nodes(inner, "binding").map((binding) => buildBinding(binding, report)),
        body: buildExpression(node(inner, "expression"), report),
        span,
      };
    case "record":
      return {
        kind: "record",
        name: nameOf(token(inner, "Identifier")),
        fields: nodes(inner, "recordEntry").map((entry) => ({
          name: nameOf(token(entry, "Identifier")),
          value: buildExpression(node(entry, "expression"), report),
        })),
        span,
      };
    case "name":
      return buildName(inner, report);
    case "parenthesis": {
      const elements = buildArguments(inner, report);
      return elements.length === 1 ? elements[0]! : { kind: "tuple", elements, span };
    }
    default:
      return buildList(inner, report);
  }
}

function buildLiteral(literal: IToken, report: Report): Expression {
  const span = spanOfToken(literal);
  switch (literal.image) {
    case "true":
    case "false":
      return { kind: "boolean", value: literal.image === "true", span };
    case "None":
      return { kind: "none", span };
    case "FAIL":
      return { kind: "fail", span };
    case "me":
    case "request":
    case "any":
      return { kind: literal.image, span };
  }
  if (literal.image.startsWith('"')) return { kind: "text", value: buildText(literal, report), span };
  const value = Number(literal.image);
  if (value > Number.MAX_SAFE_INTEGER) report(span, "this number is too large", numberRange);
  return { kind: "integer", value, span };
}

const escapes = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);

function buildText(literal: IToken, report: Report): string {
  const closed = literal.tokenType.name === "Text";
  const inner = literal.image.slice(1, closed ? -1 : undefined);
  return inner.replace(/\\(.)/g, (escaped, character: string) => {
    const meant = escapes.get(character);
    if (meant !== undefined) return meant;
    report(
      spanOfToken(literal),
      `\`${escaped}\` means nothing in a string`,
      'escapes are \\n, \\t, \\" and \\\\',
    );
    return character;
  });
}

function buildName(tree: CstNode, report: Report): Expression {
  const name = nameOf(token(tree, "Identifier"));
  const isOwn = tokens(tree, "Keyword_this").length > 0;
  const list = nodes(tree, "arguments")[0];
  const span = spanOf(tree);
  if (list === undefined) return { kind: "name", name: name.text, isOwn, span };
  return { kind: "apply", name, isOwn, arguments: buildArguments(list, report), span };
}

function buildList(tree: CstNode, report: Report): Expression {
  const span = spanOf(tree);
  const elements = nodes(tree, "element");
  const ellipsis = elements.find((element) => tokens(element, "Ellipsis").length > 0);
  if (ellipsis === undefined) {
    return {
      kind: "list",
      elements: elements.map((e) => buildExpression(node(e, "expression"), report)),
      span,
    };
  }
  const [first, middle, last] = elements;
  if (
    elements.length === 3 &&
    middle === ellipsis &&
    nodes(first!, "expression").length + nodes(last!, "expression").length === 2
  ) {
    return {
      kind: "series",
      first: buildExpression(node(first!, "expression"), report),
      last: buildExpression(node(last!, "expression"), report),
      span,
    };
  }
  report(
    spanOf(ellipsis),
    "`...` stands between the first object of a family and the last",
    "write `[rm_1, ..., rm_n]`",
  );
  return { kind: "list", elements: [], span };
}

function buildBinding(tree: CstNode, report: Report): Binding {
  const variable = nameOf(token(tree, "Identifier"));
  const domain = nodes(tree, "domain")[0];
  if (domain === undefined) return { variable };
  const [from, to] = buildArguments(domain, report);
  return {
    variable,
    domain: to === undefined ? { kind: "members", list: from! } : { kind: "range", from: from!, to },
  };
}

export function buildType(tree: CstNode): TypeExpression {
  const elements = nodes(tree, "typeTerm").map((term) => {
    const atom = buildTypeAtom(node(term, "typeAtom"));
    return tokens(term, "Keyword_option").reduceRight<TypeExpression>(
      (of, option) => ({ kind: "option", of, span: spanning(spanOfToken(option), of.span) }),
      atom,
    );
  });
  return elements.length === 1 ? elements[0]! : { kind: "product", elements, span: spanOf(tree) };
}

function buildTypeAtom(tree: CstNode): TypeExpression {
  const span = spanOf(tree);
  const name = tokens(tree, "Identifier")[0];
  if (name !== undefined) {
    return { kind: "named", name: nameOf(name), parameters: nodes(tree, "type").map(buildType), span };
  }
  const inner = buildType(node(tree, "type"));
  return tokens(tree, "map").length > 0 ? { kind: "map", of: inner, span } : inner;
}
