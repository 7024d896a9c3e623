/** Words at a fixed place: compiled code has their address, which it cannot have for short arrays made without a buffer. */
export function offHeap(words: number): Int32Array {
  return new Int32Array(new ArrayBuffer(4 * words));
}
