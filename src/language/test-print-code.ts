import type { Access, Code, Instruction, Term } from "./code.ts";
import { printValue } from "./values.ts";

/** The instructions of a procedure, one a line, as `position: instruction`; operations name the slots still live. */
export function printCode(code: Code): string[] {
  return code.instructions.map((instruction, at) => `${at}: ${printInstruction(code, instruction)}`);
}

function printInstruction(code: Code, instruction: Instruction): string {
  const slotName = (slot: number) => code.slots[slot] ?? `slot ${slot}`;
  switch (instruction.kind) {
    case "set":
      return `${slotName(instruction.slot)}${instruction.path.map(printAccess).join("")} := ${printTerm(instruction.value)}`;
    case "branch":
      return `unless ${printTerm(instruction.condition)} goto ${instruction.otherwise}`;
    case "jump":
      return `goto ${instruction.to}`;
    case "return":
      return `return ${printTerm(instruction.value)}`;
    default: {
      const operands =
        instruction.kind === "invoke"
          ? `.${instruction.method}(${instruction.arguments.map(printTerm).join(", ")})`
          : "";
      const request =
        instruction.kind === "invoke" && instruction.request !== undefined
          ? ` as ${printTerm(instruction.request)}`
          : "";
      const result = instruction.result < 0 ? "" : `${slotName(instruction.result)} := `;
      const live = instruction.live.length === 0 ? "" : ` live ${instruction.live.map(slotName).join(", ")}`;
      return `${result}${instruction.kind} ${printTerm(instruction.object)}${operands}${request}${live}`;
    }
  }
}

function printAccess(access: Access): string {
  switch (access.kind) {
    case "field":
      return `.${access.name}`;
    case "component":
      return `[${access.index}]`;
    case "entry":
      return `[${printTerm(access.key)}]`;
  }
}

/** The term with slots by name; what looks at the whole system by position. */
function printTerm(term: Term): string {
  switch (term.kind) {
    case "literal":
      return printValue(term.value);
    case "slot":
      return term.name;
    case "me":
    case "request":
      return term.kind;
    case "some":
      return `Some(${printTerm(term.value)})`;
    case "tuple":
      return `(${term.elements.map(printTerm).join(", ")})`;
    case "list":
      return `[${term.elements.map(printTerm).join(", ")}]`;
    case "record":
      return `${term.name} { ${term.fields.map(([name, field]) => `${name}: ${printTerm(field)}`).join(", ")} }`;
    case "field":
    case "component":
    case "entry":
      return `${printTerm(term.of)}${printAccess(term)}`;
    case "nth":
      return `${printTerm(term.of)}#${printTerm(term.position)}`;
    case "unary":
      return `${term.operator}${printTerm(term.operand)}`;
    case "binary":
      return `(${printTerm(term.left)} ${term.operator} ${printTerm(term.right)})`;
    case "apply":
      return `${term.builtIn}(${printTerm(term.argument)})`;
    case "object-field":
      return `object ${printTerm(term.object)}.${term.index}`;
    case "client-variable":
      return `client ${printTerm(term.client)}.${term.index}`;
    case "client-status":
      return `client ${printTerm(term.client)}.${term.status}`;
    case "quantifier":
      return `${term.quantifier} #${term.slot}: ${printTerm(term.body)}`;
  }
}
