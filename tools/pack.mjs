// Bytes as ASCII text that compresses like the bytes themselves, for a module that carries its core: base64 shifts
// bytes against each other, which hides what repeats, and costs a fifth of the core's compressed size.
// js/core/embedded.ts reads it back.

/**
 * Most bytes stand for themselves. 0x1E and a character are that character's code + 96, 0x1F and a character its
 * code + 160, modulo 256: so are bytes from 0x80 on written, the two signs themselves, and what a string literal
 * would have to escape.
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
