/** A page as one file: no part of it comes from anywhere else, and its policy forbids that any should. */

import { createHash } from "node:crypto";
import { DATA_ID } from "./page-data.ts";

/** What a page is made of besides its data. */
export interface PageParts {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** Whether the page asks the server it came from. */
  readonly asksServer: boolean;
}

/** The text of a page. Its script and style are allowed by their digests, so text of a model can never run. */
export function pageHtml(data: object, { title, script, style, asksServer }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "img-src data:",
    ...(asksServer ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${ICON}">
<title>${escapeText(title)}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page needs its own script, which is part of the file.</noscript>
<script type="application/json" id="${DATA_ID}">${scriptSafe(JSON.stringify(data))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** A circle, so that no browser asks for an icon. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='%235b5bd6'/%3E%3C/svg%3E";

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** JSON that no parser of HTML takes for the end of a script, or for the beginning of a comment in one. */
function scriptSafe(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
