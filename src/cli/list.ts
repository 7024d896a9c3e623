/** `muchado list`: what can be checked by name. */

import { listDocument, listText } from "../report/listing.ts";
import type { Typed } from "./command-line.ts";
import type { LoadCatalog } from "./main.ts";
import { print, terminalWidth } from "./streams.ts";

/** @returns the exit code. */
export async function list(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const catalog = await loadCatalog();
  print(typed.has("json") ? listDocument(catalog) : listText(catalog, terminalWidth()));
  return 0;
}
