/** The guards of the atomic distributed object in words: what a person is told when one of them is broken. */

const guards: { readonly [name: string]: string } = {
  PullPre:
    "Whoever opens a round must be its first owner, and must continue at a position of an earlier round that is in the tree and not below anything that an earlier round has committed.",
  InvokePre: "A method can only be added to a round that somebody owns.",
  PushPre:
    "A push commits methods of its round that are not committed yet, and only while no later round continues at a position below them.",
};

/** The rule that a reason such as `PullPre: …` says is broken; `undefined` where it names none. */
export function guardInWords(reason: string): string | undefined {
  const [, name = ""] = /^(\w+): /.exec(reason) ?? [];
  return Object.hasOwn(guards, name) ? guards[name] : undefined;
}
