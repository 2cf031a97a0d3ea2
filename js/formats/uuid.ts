// UUIDs for pipelines that take no other ids. The same id always gives the same UUID.

// Crockford's base 32, in which the core writes ULIDs (upper case) and the ids of shoppers and pages (lower case).
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const BYTES = 16;

/**
 * Returns the UUID whose 128 bits are the last of a text in base 32, with zeros in front of a shorter one. For a ULID
 * these are all bits. Returns undefined if a letter is no digit of base 32.
 */
export const uuidOf = (id: string): string | undefined => {
  const bytes: number[] = Array(BYTES).fill(0);
  let at = 0;
  for (let i = id.length - 1; i >= 0; i--, at += 5) {
    const digit = DIGITS.indexOf(id[i]!.toLowerCase());
    if (digit < 0) return undefined;
    const byte = BYTES - 1 - (at >> 3);
    const bits = digit << (at & 7);
    if (byte >= 0) bytes[byte]! |= bits & 255;
    if (byte > 0) bytes[byte - 1]! |= bits >> 8;
  }
  const hex = bytes.map((byte) => (byte + 256).toString(16).slice(1)).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
};
