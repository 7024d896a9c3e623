import type { CstNode } from "chevrotain";
import type { Claim, Given, Setting, Theorem, WorkloadStep } from "./ast.ts";
import { buildArguments, buildExpression, expectSymbol, type Report } from "./build-expression.ts";
import { nameOf, node, nodes, spanning, spanOf, spanOfToken, token, tokens } from "./cst.ts";

export function buildTheorem(tree: CstNode, report: Report): Theorem {
  const over = nodes(tree, "overProtocol")[0];
  return {
    kind: "theorem",
    name: nameOf(token(tree, "Identifier")),
    expected: tokens(tree, "Keyword_counterexample").length > 0 ? "violated" : "holds",
    claim: buildClaim(node(tree, "claim"), report),
    ...(over === undefined ? {} : { protocol: buildProtocol(over, report) }),
    given: nodes(tree, "given").map((given) => buildGiven(given, report)),
    span: spanOf(tree),
  };
}

function buildClaim(tree: CstNode, report: Report): Claim {
  const subject = nameOf(token(tree, "subject"));
  const modality = tokens(tree, "modality")[0];
  if (modality !== undefined) {
    const predicate = buildExpression(node(tree, "expression"), report);
    return { kind: modality.image as "always" | "never" | "sometimes", subject, predicate };
  }
  const specification = tokens(tree, "specification")[0];
  if (specification === undefined) return { kind: "returns", subject };
  return { kind: "implements", subject, specification: nameOf(specification) };
}

/** The name of a protocol is that of its model, hyphens included. */
function buildProtocol(tree: CstNode, report: Report): NonNullable<Theorem["protocol"]> {
  const words = tokens(tree, "Identifier");
  return {
    name: {
      text: words.map((word) => word.image).join("-"),
      span: spanning(spanOfToken(words[0]!), spanOfToken(words.at(-1)!)),
    },
    bounds: nodes(tree, "setting").map((setting) => buildSetting(setting, report)),
  };
}

function buildGiven(tree: CstNode, report: Report): Given {
  const setting = nodes(tree, "setting")[0];
  if (setting !== undefined) return buildSetting(setting, report);
  const inner = nodes(tree, "each")[0] ?? node(tree, "client");
  const steps = buildWorkload(node(inner, "workload"), report);
  if (inner.name === "each") return { kind: "each", steps, span: spanOf(inner) };
  return { kind: "client", client: Number(token(inner, "Integer").image), steps, span: spanOf(inner) };
}

function buildSetting(tree: CstNode, report: Report): Setting {
  expectSymbol(tree, "Assign", "a bound is given with `=`: `clients = 2`", report);
  return {
    kind: "setting",
    name: nameOf(token(tree, "Identifier")),
    value: buildExpression(node(tree, "expression"), report),
    span: spanOf(tree),
  };
}

function buildWorkload(tree: CstNode, report: Report): WorkloadStep[] {
  return nodes(tree, "workloadStep").map((step) =>
    nodes(step, "workloadCall").map((call) => ({
      procedure: nameOf(token(call, "Identifier")),
      arguments: buildArguments(node(call, "arguments"), report),
      span: spanOf(call),
    })),
  );
}
