import { describe, expect, test } from "vitest";
import { pageHtml } from "./page-html.ts";

const parts = { title: "a < b", script: "go()", style: "p { }", asksServer: false };
const dataIn = (page: string): unknown =>
  JSON.parse(/<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(page)![1]!);

describe("a page", () => {
  test("keeps what a model says from ending the script that holds it", () => {
    const data = { why: "</script><script>alert(1)</script><!-- \u2028" };
    const page = pageHtml(data, parts);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain("<!--");
    expect(dataIn(page)).toEqual(data);
  });

  test("has a title that is text", () => {
    expect(pageHtml({}, parts)).toContain("<title>a &lt; b</title>");
  });

  test("allows its own script and style and nothing else", () => {
    const page = pageHtml({}, parts);
    expect(page).toContain("default-src 'none'; script-src 'sha256-");
    expect(page).not.toContain("unsafe-inline");
    expect(page).not.toContain("connect-src");
    expect(pageHtml({}, { ...parts, asksServer: true })).toContain("connect-src 'self'");
  });

  test("names no address beyond itself", () => {
    const addresses = pageHtml({}, parts).match(/\b(?:https?:)?\/\/[\w.]+/g);
    expect(addresses).toEqual(["http://www.w3.org"]);
  });
});
