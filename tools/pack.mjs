// Packs the core as ASCII text for a module that contains its core. The text compresses as well as the bytes. Base64
// does not: it shifts bytes against each other, which hides repetition and costs a fifth of the core's compressed size.
// js/core/embedded.ts unpacks the text.

/**
 * Writes most bytes as themselves. 0x1E and a character mean the character's code + 96; 0x1F and a character mean its
 * code + 160, modulo 256. Bytes from 0x80 on, the two signs themselves, and characters that a string literal has to
 * escape are written in this way.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export const pack = (bytes) => {
  let text = '';
  for (const byte of bytes) {
    if (byte >= 0xc0 || byte === 0 || byte === 10 || byte === 13 || byte === 0x1e || byte === 0x1f)
      text += '\x1f' + String.fromCharCode((byte - 160) & 255);
    else if (byte >= 0x80) text += '\x1e' + String.fromCharCode(byte - 96);
    else text += String.fromCharCode(byte);
  }
  return text;
};
