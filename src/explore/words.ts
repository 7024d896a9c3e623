/** Words at a fixed place: compiled code has their address, which it cannot have for short arrays made without a buffer. */
export function offHeap(words: number): Int32Array {
  return new Int32Array(new ArrayBuffer(4 * words));
}

/**
 * Words from one thing to the next that several threads write: on one line of their caches, each would wait for the others.
 * Lines have 64 bytes, and some processors fetch two at once.
 */
export const LINE = 32;
