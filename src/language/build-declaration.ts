import type { CstNode } from "chevrotain";
import type {
  Ado,
  Dapp,
  Declaration,
  ObjectParameter,
  Procedure,
  Statement,
  TypeExpression,
  Variable,
} from "./ast.ts";
import { buildArguments, buildExpression, buildType, expectSymbol, type Report } from "./build-expression.ts";
import { buildTheorem } from "./build-theorem.ts";
import { nameOf, node, nodes, spanning, spanOf, token, tokens } from "./cst.ts";
import { sameTree } from "./print.ts";

export function buildDeclaration(tree: CstNode, report: Report): Declaration {
  const inner = Object.values(tree.children).flat()[0] as CstNode;
  const span = spanOf(inner);
  switch (inner.name) {
    case "ado":
      return buildAdo(inner, report);
    case "dapp":
      return buildDapp(inner, report);
    case "enumeration":
      return {
        kind: "enumeration",
        name: nameOf(token(inner, "Identifier")),
        members: tokens(inner, "member").map(nameOf),
        span,
      };
    case "recordType":
      return {
        kind: "record-type",
        name: nameOf(token(inner, "Identifier")),
        fields: nodes(inner, "recordField").map((field) => ({
          name: nameOf(token(field, "Identifier")),
          type: buildType(node(field, "type")),
        })),
        span,
      };
    case "constant":
      expectSymbol(inner, "Assign", "a constant is given with `=`: `const N = 2;`", report);
      return {
        kind: "constant",
        name: nameOf(token(inner, "Identifier")),
        value: buildExpression(node(inner, "expression"), report),
        span,
      };
    default:
      return buildTheorem(inner, report);
  }
}

/** A field, procedure or statement of a declaration that could not be read whole, for its errors only. */
export function buildPiece(tree: CstNode, report: Report): void {
  if (tree.name === "variable") buildVariable(tree, report);
  else if (tree.name === "procedure") buildProcedure(tree, report);
  else buildStatement(Object.values(tree.children).flat()[0] as CstNode, report);
}

function buildAdo(tree: CstNode, report: Report): Ado {
  return {
    kind: "ado",
    name: nameOf(token(tree, "Identifier")),
    parameters: tokens(tree, "parameter").map(nameOf),
    fields: nodes(tree, "shared").map((shared) => buildVariable(node(shared, "variable"), report)),
    methods: nodes(tree, "method").map((method) => buildProcedure(node(method, "procedure"), report)),
    span: spanOf(tree),
  };
}

function buildDapp(tree: CstNode, report: Report): Dapp {
  return {
    kind: "dapp",
    name: nameOf(token(tree, "Identifier")),
    objects: buildObjectParameters(nodes(tree, "objectParameter"), report),
    variables: nodes(tree, "local").map((local) => buildVariable(node(local, "variable"), report)),
    procedures: nodes(tree, "proc").map((proc) => buildProcedure(node(proc, "procedure"), report)),
    span: spanOf(tree),
  };
}

/** Joins `rm_1: RM, ..., rm_n: RM` to one family. */
function buildObjectParameters(trees: readonly CstNode[], report: Report): ObjectParameter[] {
  const parameters: ObjectParameter[] = [];
  for (let i = 0; i < trees.length; i++) {
    const tree = trees[i]!;
    if (tokens(tree, "Identifier").length > 0) {
      parameters.push(buildObject(tree));
      continue;
    }
    const first = parameters.pop();
    const last = trees[++i];
    const family =
      first?.kind === "object" && last !== undefined && tokens(last, "Identifier").length > 0
        ? buildFamily(first, buildObject(last))
        : undefined;
    if (family !== undefined) parameters.push(family);
    else {
      report(
        spanOf(tree),
        "`...` stands between the first object of a family and the last",
        "write `rm_1: RM, ..., rm_n: RM`, with one stem, one type, and a number or a constant at the end",
      );
    }
  }
  return parameters;
}

type ObjectTree = { name: ReturnType<typeof nameOf>; type: TypeExpression; span: ReturnType<typeof spanOf> };

function buildObject(tree: CstNode): ObjectParameter & { kind: "object" } {
  return {
    kind: "object",
    name: nameOf(token(tree, "Identifier")),
    type: buildType(node(tree, "type")),
    span: spanOf(tree),
  };
}

function buildFamily(first: ObjectTree, last: ObjectTree): ObjectParameter | undefined {
  const stem = /^(.+)_1$/.exec(first.name.text)?.[1];
  const count = stem === undefined ? undefined : last.name.text.slice(stem.length + 1);
  if (stem === undefined || count === undefined || last.name.text !== `${stem}_${count}`) return undefined;
  if (!/^([1-9][0-9]*|[A-Za-z][A-Za-z0-9]*)$/.test(count) || !sameTree(first.type, last.type))
    return undefined;
  return {
    kind: "family",
    stem: { text: stem, span: first.name.span },
    count: { text: count, span: last.name.span },
    type: first.type,
    span: spanning(first.span, last.span),
  };
}

function buildVariable(tree: CstNode, report: Report): Variable {
  expectSymbol(tree, "Is", "an initial value is written `:=`", report);
  return {
    name: nameOf(token(tree, "Identifier")),
    ...typeOf(tree),
    initial: buildExpression(node(tree, "expression"), report),
    span: spanOf(tree),
  };
}

function typeOf(tree: CstNode): { type?: TypeExpression } {
  const type = nodes(tree, "type")[0];
  return type === undefined ? {} : { type: buildType(type) };
}

function buildProcedure(tree: CstNode, report: Report): Procedure {
  return {
    name: nameOf(token(tree, "Identifier")),
    parameters: nodes(tree, "parameter").map((parameter) => ({
      name: nameOf(token(parameter, "Identifier")),
      ...typeOf(parameter),
    })),
    body: buildBlock(node(tree, "block"), report),
    span: spanOf(tree),
  };
}

function buildBlock(tree: CstNode, report: Report): Statement[] {
  return nodes(tree, "statement").map((statement) =>
    buildStatement(Object.values(statement.children).flat()[0] as CstNode, report),
  );
}

function buildStatement(tree: CstNode, report: Report): Statement {
  const span = spanOf(tree);
  switch (tree.name) {
    case "block":
      return { kind: "block", body: buildBlock(tree, report), span };
    case "if":
      return buildIf(tree, report);
    case "while":
      return {
        kind: "while",
        condition: buildCondition(node(tree, "condition"), report),
        body: buildBlock(node(tree, "block"), report),
        span,
      };
    case "for":
      return buildFor(tree, report);
    case "leave":
      return { kind: tokens(tree, "Keyword_break").length > 0 ? "break" : "continue", span };
    case "return": {
      const value = nodes(tree, "expression")[0];
      return {
        kind: "return",
        ...(value === undefined ? {} : { value: buildExpression(value, report) }),
        span,
      };
    }
    default: {
      const expression = buildExpression(node(tree, "expression"), report);
      const value = nodes(tree, "value")[0];
      if (value === undefined) return { kind: "evaluate", expression, span };
      return { kind: "assign", target: expression, value: buildExpression(value, report), span };
    }
  }
}

function buildCondition(tree: CstNode, report: Report) {
  return buildExpression(node(tree, "expression"), report);
}

function buildIf(tree: CstNode, report: Report): Statement {
  const blocks = nodes(tree, "block");
  const otherwise = nodes(tree, "otherwise")[0];
  return {
    kind: "if",
    branches: nodes(tree, "condition").map((condition, i) => ({
      condition: buildCondition(condition, report),
      body: buildBlock(blocks[i]!, report),
    })),
    ...(otherwise === undefined ? {} : { otherwise: buildBlock(otherwise, report) }),
    span: spanOf(tree),
  };
}

function buildFor(tree: CstNode, report: Report): Statement {
  const variable = nameOf(token(tree, "Identifier"));
  const [from, to] = buildArguments(node(tree, "domain"), report);
  const body = buildBlock(node(tree, "block"), report);
  const span = spanOf(tree);
  if (to === undefined) return { kind: "for-each", variable, list: from!, body, span };
  return { kind: "for-range", variable, from: from!, to, body, span };
}
