/** Returns 128 random bits for the core's generator, as 32 hex digits. Uses Math.random if Web Crypto fails. */
export const randomSeed = (): string => {
  const bytes = new Uint8Array(16);
  try {
    crypto.getRandomValues(bytes);
  } catch {
    bytes.forEach((_, i) => (bytes[i] = Math.random() * 256));
  }
  let digits = '';
  for (const byte of bytes) digits += (byte + 256).toString(16).slice(1);
  return digits;
};
