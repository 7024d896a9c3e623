/** For tests: the form of an input that nobody in good faith would give. */

export interface HostileInput {
  readonly name: string;
  readonly words: readonly string[];
  /** By path from the working directory. */
  readonly files?: { readonly [path: string]: string | Uint8Array };
  readonly folders?: readonly string[];
  /** Symbolic links, with what they point to. */
  readonly links?: { readonly [path: string]: string };
  /** Whether the lines of the file at which something is wrong are shown after what is. */
  readonly isQuoted?: boolean;
  /** What is wrong, on stderr. */
  readonly says: RegExp;
}

/** What a terminal would obey. */
export const ESCAPE = "\u001b[2J\u001b]0;gone\u0007";
