/** Elements made in one expression. Text is always set as text, so nothing a model says is taken for markup. */

export type Child = Node | string | null;
export interface Attributes {
  readonly [name: string]: string | number | boolean | ((event: Event) => void) | undefined;
}

const SVG = "http://www.w3.org/2000/svg";

/** An element of HTML; an attribute that is `true` is present, one that is `false` or `undefined` is not. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[T] {
  return filled(document.createElement(tag), attributes, children);
}

/** An element of SVG. */
export function svg<T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[T] {
  return filled(document.createElementNS(SVG, tag) as SVGElementTagNameMap[T], attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Words as the value of `class`; those that do not apply are left out. */
export function classes(...words: readonly (string | false | null | undefined)[]): string {
  return words.filter((word) => word).join(" ");
}
