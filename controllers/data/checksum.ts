/** FNV-1a of a short ASCII text, as a number of 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ It is fast, and not for secrets. */
export function checksum(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  }
  return sum >>> 0;
}
