import type { Over } from "../model/implementation.ts";
import { didYouMean } from "../schema/suggestion.ts";
import type { Setting, Theorem } from "./ast.ts";
import { errorAt, type LanguageError } from "./errors.ts";
import type { TypedProgram } from "./typed.ts";

/** Protocols by name; none where there is no such protocol. */
export type FindProtocol = (name: string) => Over | undefined;

/** What is wrong with the protocols that theorems run over, and with their bounds. `known` are those that there are. */
export function protocolErrors(
  { program, names }: TypedProgram,
  find: FindProtocol,
  known: readonly string[],
): LanguageError[] {
  const errorsOf = (protocol: NonNullable<Theorem["protocol"]>): LanguageError[] => {
    const { text, span } = protocol.name;
    const over = find(text);
    if (over?.kind === "implementation") {
      return protocol.bounds.flatMap((bound) => {
        const wrong = boundError(bound, text, over.implementation.bounds);
        return wrong === undefined ? [] : [errorAt(program, ...wrong)];
      });
    }
    const there = `programs run over ${known.join(", ")}`;
    if (over !== undefined) return [errorAt(program, span, `nothing runs over ${text}: ${over.why}`, there)];
    const hint = didYouMean(text, known) ?? there;
    return [errorAt(program, span, `there is no protocol called \`${text}\``, hint)];
  };
  return [...names.theorems.values()].flatMap(({ protocol }) => (protocol ? errorsOf(protocol) : []));
}

type Known = (Over & { kind: "implementation" })["implementation"]["bounds"];

/** Where and how a bound is wrong, and what to write. */
function boundError(
  { name, value }: Setting,
  protocol: string,
  bounds: Known,
): [Setting["span"], string, string?] | undefined {
  const known = Object.keys(bounds);
  if (!known.includes(name.text)) {
    const hint = didYouMean(name.text, known) ?? `its bounds are ${known.join(", ")}`;
    return [name.span, `${protocol} has no bound \`${name.text}\``, hint];
  }
  const { min, max } = bounds[name.text]!;
  if (value.kind !== "integer" || (value.value >= min && value.value <= max)) return undefined;
  return [value.span, `\`${name.text}\` of ${protocol} goes from ${min} to ${max}`];
}
