#!/usr/bin/env node
// Starts Muchado. The engine's flags are set here because they must be in force before any of it is loaded.

import { existsSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// The generated search loop inlines whole action bodies. More than this takes longer to compile than it saves; and what is not
// called much more often than usual is not worth compiling either, since most searches last a second or two. Workers inherit it.
setFlagsFromString("--max-inlined-bytecode-size=1000");
setFlagsFromString("--max-inlined-bytecode-size-cumulative=2000");
setFlagsFromString("--interrupt-budget=500000");

const entry = new URL("../dist/src/cli/main.js", import.meta.url);
if (existsSync(entry)) {
  const { main } = await import(entry.href);
  await main(process.argv.slice(2), async (name) => {
    const { loadCatalog } = await import(new URL("../dist/models/catalog.js", import.meta.url).href);
    return loadCatalog(name);
  });
} else {
  process.stderr.write("muchado: it is not built yet: run `npm run build` in its folder\n");
  process.exitCode = 70;
}
