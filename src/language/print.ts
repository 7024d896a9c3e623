import type {
  Ado,
  Claim,
  Dapp,
  Declaration,
  Given,
  ObjectParameter,
  Procedure,
  Program,
  Setting,
  Statement,
  Theorem,
  Variable,
  WorkloadStep,
} from "./ast.ts";
import { endsInPlus, printExpression, printType } from "./print-expression.ts";

/** The program in its canonical layout. Parsing it gives the same tree again, spans aside; comments are not kept. */
export function printProgram(program: Pick<Program, "declarations">): string {
  return `${program.declarations.map(printDeclaration).join("\n\n")}\n`;
}

/** What one of its theorems rests on, likewise: the program without the others. */
export function printAround(theorem: string, { declarations }: Pick<Program, "declarations">): string {
  const own = declarations.filter(({ kind, name }) => kind !== "theorem" || name.text === theorem);
  return printProgram({ declarations: own });
}

/** Whether two trees say the same, wherever they stand. */
export function sameTree(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, withoutSpans) === JSON.stringify(b, withoutSpans);
}

function withoutSpans(key: string, value: unknown): unknown {
  return key === "span" ? undefined : value;
}

function printDeclaration(declaration: Declaration): string {
  switch (declaration.kind) {
    case "enumeration":
      return `enum ${declaration.name.text} { ${declaration.members.map((m) => m.text).join(", ")} }`;
    case "record-type":
      return `record ${declaration.name.text} { ${declaration.fields
        .map((field) => `${field.name.text} : ${printType(field.type)};`)
        .join(" ")} }`;
    case "constant":
      return `const ${declaration.name.text} = ${printExpression(declaration.value)};`;
    case "ado":
      return printAdo(declaration);
    case "dapp":
      return printDapp(declaration);
    case "theorem":
      return printTheorem(declaration);
  }
}

function printAdo(ado: Ado): string {
  const parameters = ado.parameters.length === 0 ? "" : `[${ado.parameters.map((p) => p.text).join(", ")}]`;
  return braces(`ADO ${ado.name.text}${parameters}`, [
    ...ado.fields.map((field) => `shared ${printVariable(field)}`),
    ...ado.methods.map((method) => `method ${printProcedure(method)}`),
  ]);
}

function printDapp(dapp: Dapp): string {
  return braces(`DApp ${dapp.name.text}(${dapp.objects.map(printObject).join(", ")})`, [
    ...dapp.variables.map((variable) => `var ${printVariable(variable)}`),
    ...dapp.procedures.map((procedure) => `proc ${printProcedure(procedure)}`),
  ]);
}

function printObject(object: ObjectParameter): string {
  const type = printType(object.type);
  if (object.kind === "object") return `${object.name.text}: ${type}`;
  return `${object.stem.text}_1: ${type}, ..., ${object.stem.text}_${object.count.text}: ${type}`;
}

function printVariable(variable: Variable): string {
  const type = variable.type === undefined ? "" : ` : ${printType(variable.type)}`;
  return `${variable.name.text}${type} := ${printExpression(variable.initial)};`;
}

function printProcedure(procedure: Procedure): string {
  const parameters = procedure.parameters.map((parameter) =>
    parameter.type === undefined
      ? parameter.name.text
      : `${parameter.name.text} : ${printType(parameter.type)}`,
  );
  return braces(`${procedure.name.text}(${parameters.join(", ")})`, procedure.body.map(printStatement));
}

/** `head { lines }`, each line indented; `head {}` without lines. */
function braces(head: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${head} {}`;
  const body = lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
  return [`${head} {`, ...body, "}"].join("\n");
}

function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case "assign":
      return `${printExpression(statement.target)} := ${printExpression(statement.value)};`;
    case "evaluate":
      return `${printExpression(statement.expression)};`;
    case "if":
      return printIf(statement);
    case "while":
      return printBlock(`while (${printExpression(statement.condition)})`, statement.body);
    case "for-range": {
      const domain = `${printExpression(statement.from)}..${printExpression(statement.to)}`;
      return printBlock(`for ${statement.variable.text} in ${domain}`, statement.body);
    }
    case "for-each":
      return printBlock(
        `for ${statement.variable.text} in ${printExpression(statement.list)}`,
        statement.body,
      );
    case "block":
      return printBlock("", statement.body).trimStart();
    case "break":
    case "continue":
      return `${statement.kind};`;
    case "return":
      return statement.value === undefined ? "return;" : `return ${printExpression(statement.value)};`;
  }
}

function printBlock(head: string, body: readonly Statement[]): string {
  return braces(head, body.map(printStatement));
}

function printIf(statement: Statement & { kind: "if" }): string {
  const branches = statement.branches.map((branch) =>
    printBlock(`if (${printExpression(branch.condition)})`, branch.body),
  );
  if (statement.otherwise !== undefined) branches.push(printBlock("", statement.otherwise).trimStart());
  return branches.join(" else ");
}

function printTheorem(theorem: Theorem): string {
  const word = theorem.expected === "holds" ? "theorem" : "counterexample";
  return `${word} ${theorem.name.text}: ${theoremParts(theorem).join("\n  ")};`;
}

/** The theorem without its name, in one line. */
export function printTheoremLine(theorem: Theorem): string {
  return theoremParts(theorem).join(" ");
}

function theoremParts({ claim, protocol: over, given }: Theorem): string[] {
  const bounds =
    over === undefined || over.bounds.length === 0 ? "" : `(${over.bounds.map(printSetting).join(", ")})`;
  return [
    printClaim(claim),
    ...(over === undefined ? [] : [`over ${over.name.text}${bounds}`]),
    ...(given.length === 0 ? [] : [`given ${given.map(printGiven).join(", ")}`]),
  ];
}

function printClaim(claim: Claim): string {
  switch (claim.kind) {
    case "implements":
      return `${claim.subject.text} implements ${claim.specification.text}`;
    case "returns":
      return `${claim.subject.text} returns`;
    default:
      return `${claim.kind} ${claim.subject.text} ${printExpression(claim.predicate, endsInPlus(claim.predicate) ? 8 : -1)}`;
  }
}

function printGiven(given: Given): string {
  switch (given.kind) {
    case "setting":
      return printSetting(given);
    case "each":
      return `each ${printSteps(given.steps)}`;
    case "client":
      return `client ${given.client} ${printSteps(given.steps)}`;
  }
}

function printSetting(setting: Setting): string {
  return `${setting.name.text} = ${printExpression(setting.value)}`;
}

function printSteps(steps: readonly WorkloadStep[]): string {
  return steps
    .map((step) =>
      step
        .map((call) => `${call.procedure.text}(${call.arguments.map((a) => printExpression(a)).join(", ")})`)
        .join(" | "),
    )
    .join(" then ");
}
