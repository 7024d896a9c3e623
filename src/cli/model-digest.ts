/** A digest of the code of a model, so that neither a checkpoint nor a certificate is taken for that of another one. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import type { TheoremSource } from "../language/load-theorem.ts";
import { printAround } from "../language/print.ts";
import type { ModelReference } from "../model/load.ts";
import { isEngineFile } from "./stack.ts";
import { engineFiles, engineNameOf } from "./tool.ts";

const codes = new Map<string, Promise<string>>();

/**
 * SHA-256, in hexadecimal, of all that a model is made of: its module with everything that imports, and what the module is
 * told; the same whatever folder it is in and however it is spaced and commented. The engine is left out, packages count
 * by name and version, and what a module reads from files while it runs is not seen.
 */
export async function modelDigest({ module, export: name, argument }: ModelReference): Promise<string> {
  const path = fileURLToPath(module);
  if (!codes.has(path)) codes.set(path, isEngineFile(path) ? Promise.resolve("") : codeOf(path));
  const hash = createHash("sha256");
  for (const part of [await codes.get(path)!, name, JSON.stringify(await portable(argument ?? null))]) {
    hash.update(`${part.length}:${part}`);
  }
  return hash.digest("hex");
}

/** What a module is told, where references to other modules say what is in those rather than where they are. */
async function portable(argument: unknown): Promise<unknown> {
  if (typeof argument !== "object" || argument === null) return argument;
  if ("module" in argument && "export" in argument) return modelDigest(argument as ModelReference);
  if ("program" in argument) {
    const { program, name, over } = argument as TheoremSource;
    return portable([printAround(name, program), name, over ?? null]);
  }
  const parts = Object.entries(argument).map(async ([name, part]) => [name, await portable(part)] as const);
  return Promise.all(parts);
}

async function codeOf(path: string): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    minify: true,
    legalComments: "none",
    logLevel: "silent",
    plugins: [leaveOut],
  });
  return outputFiles[0]!.text;
}

/** Leaves the engine and packages out, by names that do not depend on where they are. */
const leaveOut: Plugin = {
  name: "leave-out",
  setup(build) {
    build.onResolve({ filter: /^/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === "entry-point" || pluginData === leaveOut) return undefined;
      const isUrl = path.startsWith("file:");
      const isLocal = isUrl || /^[./]/.test(path);
      const named = isUrl ? fileURLToPath(path) : resolve(resolveDir, path);
      const engine = engineFiles.has(path) ? path : engineNameOf(named);
      if (engine !== undefined) return { path: engine, external: true };
      if (isLocal && !named.includes(NODE_MODULES)) return isUrl ? { path: named } : undefined;
      const found = isUrl
        ? named
        : (await build.resolve(path, { kind, resolveDir, pluginData: leaveOut })).path;
      return found.includes(NODE_MODULES)
        ? { path: versioned(found), external: true }
        : isLocal
          ? undefined
          : { path, external: true };
    });
  },
};

const NODE_MODULES = `${sep}node_modules${sep}`;

/** `name@1.2.3/file.js` */
function versioned(file: string): string {
  const at = file.lastIndexOf(NODE_MODULES) + NODE_MODULES.length;
  const parts = file.slice(at).split(sep);
  const name = parts.slice(0, parts[0]!.startsWith("@") ? 2 : 1);
  const rest = parts.slice(name.length);
  const manifest = readFileSync(join(file.slice(0, at), ...name, "package.json"), "utf8");
  return [`${name.join("/")}@${(JSON.parse(manifest) as { version?: string }).version}`, ...rest].join("/");
}
