import type { History } from "../history/history.ts";
import { recordingOf, type Shape } from "../history/recording.ts";
import type { SequentialObject } from "../history/sequential-object.ts";
import type { Specification } from "../history/specifications.ts";
import { type Value as HistoryValue, isList } from "../history/value.ts";
import { didYouMean } from "../schema/suggestion.ts";
import { formatErrors } from "./errors.ts";
import { type CompiledAdo, compileAdo, withDeclared } from "./flow.ts";
import { readProgram } from "./read-program.ts";
import { type RecordedForm, recordedForm } from "./recorded-value.ts";
import { callOf, specificationOf } from "./specification.ts";
import type { Signature, TypedProgram } from "./typed.ts";
import type { Value } from "./values.ts";

/** A program, or an object of it, that cannot be a specification: why, for a user to read. */
export class NoSpecification extends Error {
  override readonly name = "NoSpecification";
}

/** The ADO `name` of a program as something to compare recorded histories with; if no name is given, the only one.
 *  @throws NoSpecification */
export function specificationIn(file: string, source: string, name: string | undefined): Specification {
  const read = readProgram(source, file);
  if (!("typed" in read) || read.errors.length > 0) throw new NoSpecification(formatErrors(read.errors));
  const { typed } = read;
  const chosen = chosenAdo(file, typed, name);
  const { declaration, methods, open } = typed.ados.get(chosen)!;
  const anyField = declaration.fields.find((field) => field.initial.kind === "any");
  if (anyField !== undefined) {
    const { line, column } = anyField.initial.span;
    throw new NoSpecification(
      `${file}:${line}:${column}: a specification begins in one state, and \`${anyField.name.text}\` of ${chosen} may begin as anything; give it a value`,
    );
  }
  const substitution = new Map(open.map((key) => [key, typed.unifier.fresh()]));
  const ado = compileAdo(typed, { ado: chosen, substitution }, withDeclared(typed, new Map()));
  const forms = new Map([...methods].map(([method, signature]) => [method, formsOf(typed, signature)]));
  return {
    name: `${file}:${chosen}`,
    about: `the object ${chosen}, its methods run one at a time`,
    object: recordedObject(ado, forms),
    recording: recordingOf(
      "instance",
      Object.fromEntries([...forms].map(([method, form]) => [method, { shape: shapeOf(form) }])),
    ),
    callsOf: (history) => withCallers(ado, history),
  };
}

function chosenAdo(file: string, { ados, dapps }: TypedProgram, name: string | undefined): string {
  const known = [...ados.keys()];
  if (known.length === 0) throw new NoSpecification(`${file}: it has no ADO, and a specification is one`);
  if (name === undefined) {
    if (known.length === 1) return known[0]!;
    throw new NoSpecification(
      `${file}: say which ADO is meant, such as ${file}:${known[0]}; it has ${list(known)}`,
    );
  }
  if (ados.has(name)) return name;
  if (dapps.has(name)) {
    throw new NoSpecification(
      `${file}: ${name} is an application, and a specification is an ADO; it has ${list(known)}`,
    );
  }
  const suggestion = didYouMean(name, known);
  throw new NoSpecification(
    `${file}: it has no ADO called ${name}; ${suggestion ? `${suggestion} It` : "it"} has ${list(known)}`,
  );
}

const list = (names: readonly string[]): string => names.join(", ");

/** How calls of a method are recorded. */
interface MethodForms {
  readonly parameters: readonly RecordedForm[];
  readonly result: RecordedForm;
}

function formsOf(typed: TypedProgram, { parameters, result }: Signature): MethodForms {
  return {
    parameters: parameters.map((parameter) => recordedForm(typed, parameter)),
    result: recordedForm(typed, result),
  };
}

/** Events have the only argument as it is or in a list, several in a list. */
function shapeOf({ parameters, result }: MethodForms): Shape {
  const argsOfList = (args: readonly HistoryValue[]) =>
    args.length === parameters.length ? normalized(parameters, args) : undefined;
  const words = parameters.map((parameter) => parameter.words);
  return {
    arity: parameters.length,
    takes: words.length === 0 ? "nothing" : words.length === 1 ? words[0]! : `[${words.join(", ")}]`,
    argsOf(value) {
      if (parameters.length === 1) {
        const alone = argsOfList([value]);
        if (alone !== undefined) return alone;
      }
      return argsOfList(isList(value) ? value : value === null ? [] : [value]);
    },
    argsOfList,
    returns: result.words,
    needsResult: result.words !== "nothing",
    resultOf: (value) => normalized([result], [value])?.[0],
  };
}

/** Each value in the one way in which the object's own are written; `undefined` if one cannot be. */
function normalized(
  forms: readonly RecordedForm[],
  recorded: readonly HistoryValue[],
): readonly HistoryValue[] | undefined {
  const values = forms.map((form, i) => form.read(recorded[i]!));
  return values.includes(undefined) ? undefined : forms.map((form, i) => form.write(values[i]!));
}

/** The object with arguments and results as they are recorded; the caller stands before the arguments. */
function recordedObject(
  ado: CompiledAdo,
  forms: ReadonlyMap<string, MethodForms>,
): SequentialObject<readonly Value[]> {
  const object = specificationOf(ado);
  return {
    ...object,
    apply(state, method, [me, request, ...given]) {
      const { parameters, result } = forms.get(method)!;
      const values = parameters.map((parameter, i) => parameter.read(given[i]!)!);
      const args = [me!, request!, ...(values as unknown as readonly HistoryValue[])];
      const [after, answer] = object.apply(state, method, args);
      return [after, result.write(answer as unknown as Value)];
    },
  };
}

/** The calls with their callers. A client that is a number is that one for `me`, if all are; else clients count from 1
 *  in the order in which they first call. */
function withCallers(ado: CompiledAdo, history: History): History {
  const clients = [...new Set(history.map(({ client }) => client))];
  const areNumbers = clients.every((client) => /^(0|[1-9]\d{0,14})$/.test(client));
  const numberOf = new Map(clients.map((client, i) => [client, areNumbers ? Number(client) : i + 1]));
  return history.map((operation, call) => {
    const { client, method, args } = operation;
    const caller = { me: numberOf.get(client)!, call };
    return { ...operation, ...callOf(ado, method, args as unknown as readonly Value[], caller) };
  });
}
