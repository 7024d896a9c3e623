/** The script and the style of a page, each as one text. */

import { fileURLToPath } from "node:url";

export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** Scripts are bundled from the build, styles from the sources, which ship with the package. */
const scripts = new URL("../page/client/", import.meta.url);
const styles = new URL("../../../src/page/client/", import.meta.url);

/** @param script which of the pages' scripts. */
export async function pageAssets(script: "trace-page" | "explorer-page"): Promise<PageAssets> {
  const [code, style] = await Promise.all([
    bundle(new URL(`${script}.js`, scripts)),
    bundle(new URL("page.css", styles)),
  ]);
  return { script: code, style };
}

async function bundle(entry: URL): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2023",
    // The text stands between tags of HTML.
    supported: { "inline-script": false },
    legalComments: "none",
    logLevel: "silent",
  });
  return outputFiles[0]!.text.trim();
}
