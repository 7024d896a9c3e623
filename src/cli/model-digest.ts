/** A digest of the code of a model, so that a checkpoint is not gone on with by another one. */

import { createHash } from "node:crypto";
import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import type { ModelReference } from "../model/load.ts";
import { engineUrl } from "./tool.ts";

/**
 * SHA-256, in hexadecimal, of all code that a model is made of: its module with everything that imports, but for the
 * engine and installed packages, whatever folder it is in and however it is spaced and commented.
 */
export async function modelDigest({ module, export: name, argument }: ModelReference): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(module)],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "silent",
    plugins: [leaveOut],
  });
  const hash = createHash("sha256");
  for (const part of [outputFiles[0]!.text, name, JSON.stringify(argument ?? null)]) {
    hash.update(`${part.length}:${part}`);
  }
  return hash.digest("hex");
}

/** Leaves the engine and packages out, by names that do not depend on where they are. */
const leaveOut: Plugin = {
  name: "leave-out",
  setup(build) {
    build.onResolve({ filter: /^/ }, ({ path, kind, resolveDir }) => {
      if (kind === "entry-point") return undefined;
      const file = path.startsWith("file:") ? fileURLToPath(path) : resolve(resolveDir, path);
      if (file === fileURLToPath(engineUrl)) return { path: "muchado", external: true };
      const [, installed] = file.split(`${sep}node_modules${sep}`);
      if (installed !== undefined) return { path: installed, external: true };
      return /^[./]|^file:/.test(path) ? undefined : { path, external: true };
    });
  },
};
