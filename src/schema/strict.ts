/** What is behind every draft, where names end up that the draft does not have. */

import { noField } from "./type.ts";

/** Names that are asked for by more than models: what turns values into text looks for them. */
const ASKED_BY_ALL = ["toJSON"];

/**
 * The prototype of the prototypes of drafts. To read a name that is no field is an error and not `undefined`, with which
 * guards and properties would go on comparing. It costs nothing: only what is found nowhere else is looked for here.
 */
export const strict: object = new Proxy(
  {},
  {
    get(target, name, draft) {
      if (typeof name === "symbol" || name in target || ASKED_BY_ALL.includes(name))
        return Reflect.get(target, name, draft);
      throw unknownTo(draft, name);
    },
    set(target, name, value, draft) {
      // Until it is complete, a draft is given parts.
      if (typeof name === "symbol" || Object.isExtensible(draft))
        return Reflect.set(target, name, value, draft);
      throw unknownTo(draft, name);
    },
  },
);

/** Completes a draft of plain data. */
export function asDraft<D extends object>(draft: D, path: string): D {
  Object.setPrototypeOf(draft, strict);
  Object.defineProperty(draft, "$path", { value: path });
  return Object.preventExtensions(draft);
}

function unknownTo(draft: object & { readonly $path?: string }, name: string): TypeError {
  const inherited: object = Object.getPrototypeOf(draft);
  const names = Object.getOwnPropertyNames(inherited === strict ? draft : inherited);
  const known = names.filter((other) => !other.startsWith("$") && other !== "constructor");
  return noField("", name, draft.$path || "the state", known);
}
