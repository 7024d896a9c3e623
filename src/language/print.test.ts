import fc from "fast-check";
import { expect, it } from "vitest";
import type {
  Binding,
  Declaration,
  Expression,
  Given,
  Name,
  Procedure,
  Span,
  Statement,
  TypeExpression,
} from "./ast.ts";
import { formatError } from "./errors.ts";
import { parseProgram } from "./parse.ts";
import { printProgram, sameTree } from "./print.ts";

const span: Span = { start: 0, end: 0, line: 1, column: 1 };
const word = fc.constantFrom("x", "y", "kv", "rm_1", "rm_n", "owner", "given", "each", "MAX_TRY", "client");
const name = word.map((text): Name => ({ text, span }));
const some = <T>(of: fc.Arbitrary<T>, minLength = 0) => fc.array(of, { minLength, maxLength: 3 });
const optional = <K extends string, T>(key: K, of: fc.Arbitrary<T>) =>
  fc.option(of).map((value) => (value === null ? {} : { [key]: value }) as { [P in K]?: T });

const { type } = fc.letrec<{ type: TypeExpression }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({
      kind: fc.constant("named" as const),
      name,
      parameters: fc.constant([]),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("named" as const),
      name,
      parameters: some(tie("type"), 1),
      span: fc.constant(span),
    }),
    fc.record({ kind: fc.constant("option" as const), of: tie("type"), span: fc.constant(span) }),
    fc.record({ kind: fc.constant("map" as const), of: tie("type"), span: fc.constant(span) }),
    fc
      .record({
        kind: fc.constant("product" as const),
        elements: some(tie("type"), 2),
        span: fc.constant(span),
      })
      .filter((product) => product.elements.length >= 2),
  ),
}));

const text = fc.string({ unit: fc.constantFrom("a", "ü", " ", '"', "\\", "\n", "\t", "//", "…") });
const operator = fc.constantFrom(
  ...(["==>", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"] as const),
);
const { expression } = fc.letrec<{ expression: Expression; binding: Binding }>((tie) => {
  const inner = tie("expression");
  const node = <K extends Expression["kind"], T>(kind: K, parts: T) => ({ kind, ...parts, span });
  return {
    binding: fc.oneof(
      fc.record({ variable: name }),
      fc.record({
        variable: name,
        domain: fc.oneof(
          fc.record({ kind: fc.constant("range" as const), from: inner, to: inner }),
          fc.record({ kind: fc.constant("members" as const), list: inner }),
        ),
      }),
    ),
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.tuple(word, fc.boolean()).map(([called, isOwn]) => node("name", { name: called, isOwn })),
      fc.nat().map((value) => node("integer", { value })),
      fc.boolean().map((value) => node("boolean", { value })),
      text.map((value) => node("text", { value })),
      fc.constantFrom("none", "fail", "me", "request", "any").map((kind) => node(kind, {}) as Expression),
      inner.map((value) => node("some", { value })),
      some(inner).map((elements) => node("list", { elements })),
      fc.tuple(inner, inner).map((elements) => node("tuple", { elements })),
      fc.tuple(inner, inner).map(([first, last]) => node("series", { first, last })),
      fc
        .tuple(name, some(fc.record({ name, value: inner }), 1))
        .map(([called, fields]) => node("record", { name: called, fields })),
      fc.tuple(inner, name).map(([of, called]) => node("field", { of, name: called })),
      fc.tuple(inner, inner).map(([of, key]) => node("index", { of, key })),
      fc
        .tuple(name, fc.boolean(), some(inner))
        .map(([called, isOwn, given]) => node("apply", { name: called, isOwn, arguments: given })),
      fc
        .tuple(
          inner,
          name,
          some(inner),
          fc.constantFrom("" as const, "?" as const, "+" as const, "!" as const, "!!" as const),
        )
        .map(([object, operation, given, form]) =>
          node("call", { object, operation, arguments: given, form }),
        ),
      fc
        .tuple(fc.constantFrom("!" as const, "-" as const), inner)
        .map(([sign, operand]) => node("unary", { operator: sign, operand })),
      fc
        .tuple(operator, inner, inner)
        .map(([sign, left, right]) => node("binary", { operator: sign, left, right })),
      fc
        .tuple(fc.constantFrom("forall" as const, "exists" as const), some(tie("binding"), 1), inner)
        .map(([quantifier, bindings, body]) => node("quantifier", { quantifier, bindings, body })),
    ),
  };
});

const { statement } = fc.letrec<{ statement: Statement }>((tie) => {
  const body = some(tie("statement"));
  const node = <K extends Statement["kind"], T>(kind: K, parts: T) => ({ kind, ...parts, span });
  return {
    statement: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.tuple(expression, expression).map(([target, value]) => node("assign", { target, value })),
      expression.map((value) => node("evaluate", { expression: value })),
      fc.constantFrom("break" as const, "continue" as const).map((kind) => node(kind, {})),
      optional("value", expression).map((value) => node("return", value)),
      body.map((inner) => node("block", { body: inner })),
      fc.tuple(expression, body).map(([condition, inner]) => node("while", { condition, body: inner })),
      fc
        .tuple(name, expression, expression, body)
        .map(([variable, from, to, inner]) => node("for-range", { variable, from, to, body: inner })),
      fc
        .tuple(name, expression, body)
        .map(([variable, list, inner]) => node("for-each", { variable, list, body: inner })),
      fc
        .tuple(some(fc.record({ condition: expression, body }), 1), optional("otherwise", body))
        .map(([branches, otherwise]) => node("if", { branches, ...otherwise })),
    ),
  };
});

const typed = fc.tuple(name, optional("type", type));
const variable = fc
  .tuple(typed, expression)
  .map(([[called, of], initial]) => ({ name: called, ...of, initial, span }));
const procedure: fc.Arbitrary<Procedure> = fc
  .tuple(name, some(typed), some(statement))
  .map(([called, parameters, body]) => ({
    name: called,
    parameters: parameters.map(([parameter, of]) => ({ name: parameter, ...of })),
    body,
    span,
  }));
const setting = fc.record({
  kind: fc.constant("setting" as const),
  name,
  value: expression,
  span: fc.constant(span),
});
const steps = some(
  some(fc.record({ procedure: name, arguments: some(expression), span: fc.constant(span) }), 1),
  1,
);
const given: fc.Arbitrary<Given> = fc.oneof(
  setting,
  steps.map((list) => ({ kind: "each" as const, steps: list, span })),
  fc
    .tuple(fc.nat(9), steps)
    .map(([client, list]) => ({ kind: "client" as const, client, steps: list, span })),
);
const subject = fc.constantFrom("X", "App").map((called): Name => ({ text: called, span }));
const declaration: fc.Arbitrary<Declaration> = fc.oneof(
  fc
    .tuple(name, some(name, 1))
    .map(([called, members]) => ({ kind: "enumeration" as const, name: called, members, span })),
  fc
    .tuple(name, some(fc.record({ name, type }), 1))
    .map(([called, fields]) => ({ kind: "record-type" as const, name: called, fields, span })),
  fc
    .tuple(name, expression)
    .map(([called, value]) => ({ kind: "constant" as const, name: called, value, span })),
  fc
    .tuple(name, some(name), some(variable), some(procedure))
    .map(([called, parameters, fields, methods]) => ({
      kind: "ado" as const,
      name: called,
      parameters,
      fields,
      methods,
      span,
    })),
  fc
    .tuple(
      name,
      some(
        fc.oneof(
          fc
            .tuple(name, type)
            .map(([called, of]) => ({ kind: "object" as const, name: called, type: of, span })),
          fc.tuple(name, fc.constantFrom("n", "3"), type).map(([stem, count, of]) => ({
            kind: "family" as const,
            stem,
            count: { text: count, span },
            type: of,
            span,
          })),
        ),
      ),
      some(variable),
      some(procedure),
    )
    .map(([called, objects, variables, procedures]) => ({
      kind: "dapp" as const,
      name: called,
      objects,
      variables,
      procedures,
      span,
    })),
  fc
    .tuple(
      name,
      fc.constantFrom("holds" as const, "violated" as const),
      fc.oneof(
        fc.record({ kind: fc.constant("implements" as const), subject, specification: name }),
        fc.record({ kind: fc.constant("returns" as const), subject }),
        fc.record({
          kind: fc.constantFrom("always" as const, "never" as const, "sometimes" as const),
          subject,
          predicate: expression,
        }),
      ),
      optional(
        "protocol",
        fc.record({ name: fc.constant({ text: "multi-paxos", span }), bounds: some(setting) }),
      ),
      some(given),
    )
    .map(([called, expected, claim, protocol, list]) => ({
      kind: "theorem" as const,
      name: called,
      expected,
      claim,
      ...protocol,
      given: list,
      span,
    })),
);

it("a program that is printed and read again is the same program", () => {
  fc.assert(
    fc.property(some(declaration), (declarations) => {
      const printed = printProgram({ declarations });
      const { program, errors } = parseProgram(printed, "printed.ado");
      expect(errors.map(formatError)).toEqual([]);
      expect(sameTree(program.declarations, declarations)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it("printing puts in the parentheses that the meaning needs, and no others", () => {
  const source =
    "const N = (1 + 2) * 3 - (4 - 5) - 6;\n\nconst B = (true ==> false) ==> !(1 == 2) || true && false;\n";
  expect(printProgram(parseProgram(source, "x.ado").program)).toBe(source);
});
