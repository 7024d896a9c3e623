/** "did you mean …?" for the candidate nearest to `word`; `undefined` if none is near enough to be meant. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestTo(word, candidates);
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}

/** The candidate that is meant by `word`, if one is near enough. */
export function nearestTo(word: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = word.length < 2 ? 1 : Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance =
      candidate.toLowerCase() === word.toLowerCase() ? 0.5 : editDistance(word, candidate, least);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b` (Damerau's optimal string
 *  alignment); `limit` or more is reported as `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(row[j - 1]! + 1, previous[j]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return Math.min(limit, previous[b.length]!);
}
