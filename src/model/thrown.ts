import { show } from "../schema/type.ts";

/** Anything that was thrown, as text; some of it cannot be turned into any. */
export function thrownText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : show(thrown);
  } catch {
    return "something that cannot be printed";
  }
}
