/** What is in one list of texts and not in another. Imports nothing: pages have it too. */

/** `elements` less one copy for each of `others`. */
export function without(elements: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return elements.filter((element) => {
    const at = left.indexOf(element);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
