import type { CstElement, CstNode, IToken } from "chevrotain";
import type { Name, Span } from "./ast.ts";

/** The nodes called `name` right below `node`, in the order of the text. */
export function nodes(node: CstNode, name: string): CstNode[] {
  return (node.children[name] ?? []) as CstNode[];
}

/** The one node called `name` below `node`. Whole trees only: see `isWhole`. */
export function node(parent: CstNode, name: string): CstNode {
  return nodes(parent, name)[0]!;
}

/** The tokens called `name` right below `node`, in the order of the text. */
export function tokens(node: CstNode, name: string): IToken[] {
  return (node.children[name] ?? []) as IToken[];
}

/** The one token called `name` below `node`. */
export function token(parent: CstNode, name: string): IToken {
  return tokens(parent, name)[0]!;
}

/** Whether the parser read all of `node` without skipping or inserting anything. */
export function isWhole(node: CstNode): boolean {
  if (node.recoveredNode === true) return false;
  return Object.values(node.children).every((elements) =>
    elements.every((element: CstElement) =>
      "children" in element ? isWhole(element) : element.isInsertedInRecovery !== true,
    ),
  );
}

/** The largest nodes called one of `names` in `tree` that were read whole. */
export function wholePieces(tree: CstNode, names: readonly string[]): CstNode[] {
  if (names.includes(tree.name) && isWhole(tree)) return [tree];
  return Object.values(tree.children)
    .flat()
    .flatMap((element) => ("children" in element ? wholePieces(element, names) : []));
}

export function spanOfToken(token: IToken): Span {
  return {
    start: token.startOffset,
    end: (token.endOffset ?? token.startOffset) + 1,
    line: token.startLine ?? 1,
    column: token.startColumn ?? 1,
  };
}

export function spanOf(node: CstNode): Span {
  const { startOffset, endOffset, startLine, startColumn } = node.location!;
  return { start: startOffset, end: (endOffset ?? startOffset) + 1, line: startLine!, column: startColumn! };
}

/** From the beginning of `first` to the end of `last`. */
export function spanning(first: Span, last: Span): Span {
  return { ...first, end: last.end };
}

export function nameOf(token: IToken): Name {
  return { text: token.image, span: spanOfToken(token) };
}
