/** Finding a model again, in another thread. */

import type { Model } from "./model.ts";

/** Where a model is found: an export of a module, or what an exported function makes of `argument`. */
export interface ModelReference {
  /** URL of the module. */
  readonly module: string;
  readonly export: string;
  readonly argument?: unknown;
}

export async function loadModel({ module, export: name, argument }: ModelReference): Promise<Model> {
  const exported = ((await import(module)) as { readonly [name: string]: unknown })[name];
  return argument === undefined
    ? (exported as Model)
    : (exported as (argument: unknown) => Promise<Model>)(argument);
}
