import type { BinaryOperator, Binding, Expression, TypeExpression } from "./ast.ts";

/** The expression with no more parentheses than its meaning needs. `least` is the level of what may stand here
 *  without them: -1 anything, 7 only an atom. */
export function printExpression(expression: Expression, least = -1): string {
  const text = printBare(expression);
  return levelOf(expression) < least ? `(${text})` : text;
}

const levels: Record<BinaryOperator, number> = {
  "==>": 0,
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
};
const prefixLevel = 6;
const atomLevel = 7;

/** How tightly the outermost operator binds. A quantifier takes in all that follows, so it is looser than any. */
function levelOf(expression: Expression): number {
  if (expression.kind === "binary") return levels[expression.operator];
  if (expression.kind === "unary") return prefixLevel;
  return expression.kind === "quantifier" ? -1 : atomLevel;
}

function printBare(expression: Expression): string {
  switch (expression.kind) {
    case "integer":
    case "boolean":
      return String(expression.value);
    case "text":
      return printText(expression.value);
    case "none":
      return "None";
    case "fail":
      return "FAIL";
    case "me":
    case "request":
    case "any":
      return expression.kind;
    case "name":
      return `${expression.isOwn ? "this." : ""}${expression.name}`;
    case "some":
      return `Some(${printExpression(expression.value)})`;
    case "tuple":
      return `(${printAll(expression.elements)})`;
    case "list":
      return `[${printAll(expression.elements)}]`;
    case "series":
      return `[${printExpression(expression.first)}, ..., ${printExpression(expression.last)}]`;
    case "record":
      return `${expression.name.text} { ${expression.fields
        .map((field) => `${field.name.text}: ${printExpression(field.value)}`)
        .join(", ")} }`;
    case "field":
      return `${printExpression(expression.of, atomLevel)}.${expression.name.text}`;
    case "index":
      return `${printExpression(expression.of, isAtLeastOnce(expression.of) ? atomLevel + 1 : atomLevel)}[${printExpression(expression.key)}]`;
    case "apply":
      return `${expression.isOwn ? "this." : ""}${expression.name.text}(${printAll(expression.arguments)})`;
    case "call": {
      const object = printExpression(expression.object, atomLevel);
      return `${object}.${expression.operation.text}(${printAll(expression.arguments)})${expression.form}`;
    }
    case "unary":
      return `${expression.operator}${printExpression(expression.operand, prefixLevel)}`;
    case "binary":
      return printBinary(expression);
    case "quantifier": {
      const bindings = expression.bindings.map(printBinding).join(", ");
      return `${expression.quantifier} ${bindings}: ${printExpression(expression.body)}`;
    }
  }
}

/** Implication groups to the right, comparison not at all, the rest to the left. */
function printBinary(expression: Expression & { kind: "binary" }): string {
  const { operator, left, right } = expression;
  const level = levels[operator];
  const leftLeast = operator === "==>" || level === 3 ? level + 1 : level;
  const rightLeast = operator === "==>" ? level : level + 1;
  const leftText = printExpression(left, leftLeast);
  return `${endsInPlus(left, leftLeast) ? `(${leftText})` : leftText} ${operator} ${printExpression(right, rightLeast)}`;
}

/** `o.m()+ - 1` would read as an addition, so a call in that form stands in parentheses where a name or an operator may follow. */
export function endsInPlus(expression: Expression, least = -1): boolean {
  if (levelOf(expression) < least) return false;
  if (expression.kind === "binary") return endsInPlus(expression.right, levels[expression.operator]);
  if (expression.kind === "unary") return endsInPlus(expression.operand, prefixLevel);
  if (expression.kind === "quantifier") return endsInPlus(expression.body);
  return isAtLeastOnce(expression);
}

function isAtLeastOnce(expression: Expression): boolean {
  return expression.kind === "call" && expression.form === "+";
}

function printBinding(binding: Binding): string {
  const { variable, domain } = binding;
  if (domain === undefined) return variable.text;
  if (domain.kind === "members") return `${variable.text} in ${printExpression(domain.list)}`;
  return `${variable.text} in ${printExpression(domain.from)}..${printExpression(domain.to)}`;
}

function printAll(expressions: readonly Expression[]): string {
  return expressions.map((expression) => printExpression(expression)).join(", ");
}

function printText(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t");
  return `"${escaped}"`;
}

/** The type as the program spells it. */
export function printType(type: TypeExpression, least = 0): string {
  switch (type.kind) {
    case "named":
      return type.parameters.length === 0
        ? type.name.text
        : `${type.name.text}[${type.parameters.map((parameter) => printType(parameter)).join(", ")}]`;
    case "option":
      return `option ${printType(type.of, 1)}`;
    case "map":
      return `[${printType(type.of)}]`;
    case "product": {
      const text = type.elements.map((element) => printType(element, 1)).join(" * ");
      return least > 0 ? `(${text})` : text;
    }
  }
}
