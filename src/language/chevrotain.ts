/**
 * The parser library, from the single file that its package has beside hundreds of small ones. Its entry point loads those,
 * which takes ten times as long; that file is not among its exports, hence the exact version in `package.json`.
 */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const entry = pathToFileURL(createRequire(import.meta.url).resolve("chevrotain"));
const whole = new URL("../chevrotain.mjs", entry).href;

export const { createToken, CstParser, EOF, Lexer } = (await import(whole)) as typeof import("chevrotain");
