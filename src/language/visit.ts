import type { Expression, Name, Statement } from "./ast.ts";

/** Every expression in `tree`, which may be an expression, a statement, or a list of either; outer ones first. */
export function expressionsIn(
  tree: Expression | Statement | readonly (Expression | Statement)[],
): Expression[] {
  const found: Expression[] = [];
  visitNode(tree, found);
  return found;
}

/** The names of the functions and procedures applied in `tree`. */
export function appliedIn(tree: Parameters<typeof expressionsIn>[0]): Set<string> {
  const applied = expressionsIn(tree).flatMap((one) => (one.kind === "apply" ? [one.name.text] : []));
  return new Set(applied);
}

/** The blocks right inside a statement. */
function bodiesOf(statement: Statement): (readonly Statement[])[] {
  switch (statement.kind) {
    case "if":
      return [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []];
    case "while":
    case "for-range":
    case "for-each":
    case "block":
      return [statement.body];
    default:
      return [];
  }
}

/** The bare names that a body assigns, loops included, in the order of the text. */
export function assignedNames(statements: readonly Statement[]): Name[] {
  return statements.flatMap((statement) => {
    const inner = bodiesOf(statement).flatMap(assignedNames);
    if (statement.kind === "for-range" || statement.kind === "for-each")
      return [statement.variable, ...inner];
    if (statement.kind !== "assign" || statement.target.kind !== "name" || statement.target.isOwn)
      return inner;
    return [{ text: statement.target.name, span: statement.target.span }];
  });
}

/** All statements of a body, inner ones too. */
export function statementsIn(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((statement) => [statement, ...bodiesOf(statement).flatMap(statementsIn)]);
}

/** What the kinds of nodes that are no expressions are called. */
const statementKinds = new Set<string>([
  ...([
    "assign",
    "evaluate",
    "if",
    "while",
    "for-range",
    "for-each",
    "block",
    "break",
    "continue",
    "return",
  ] as const),
  ...(["range", "members"] as const),
]);

function visitNode(node: unknown, found: Expression[]): void {
  if (Array.isArray(node)) for (const part of node) visitNode(part, found);
  else if (typeof node === "object" && node !== null) {
    if ("kind" in node && !statementKinds.has(node.kind as string)) found.push(node as Expression);
    for (const part of Object.values(node)) visitNode(part, found);
  }
}
