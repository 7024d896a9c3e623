/** Where in a person's own file something was thrown. */

import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package: what was thrown in there was not thrown by a model file. */
export const packageFolder = fileURLToPath(new URL("../../../", import.meta.url));

/** `file:line:column` of the topmost call in a file of the person's own; `undefined` where the error does not say. */
export function locate(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const line of stack.split("\n")) {
    const [, place, row, column] =
      /[\s(]((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):(\d+)\)?$/.exec(line) ?? [];
    if (place === undefined) continue;
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    if (!isEngine(file)) return `${nearest(file)}:${row}:${column}`;
  }
  return undefined;
}

function isEngine(file: string): boolean {
  return ["bin", "dist", "node_modules", "src"].some((folder) =>
    file.startsWith(packageFolder + folder + sep),
  );
}

/** Whether a file is one of the engine's own, rather than of a model that comes with it. */
export function isEngineFile(file: string): boolean {
  return file.startsWith(join(packageFolder, "dist", "src") + sep);
}

/** A path as a person in the working directory would write it. */
export function nearest(file: string): string {
  const path = relative(process.cwd(), file);
  return path === "" || path.startsWith(`..${sep}`) ? file : path;
}
