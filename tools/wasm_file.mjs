// Reads and writes the sections of a WebAssembly file that tools/split.mjs changes: imports, exports and data.
// Source of the format: WebAssembly Core Specification, 5.5 "Modules".

const kSection = { import: 2, export: 7, data: 11, dataCount: 12 };

/** A reader of LEB128 numbers and names at a moving position. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  get isAtEnd() {
    return this.at >= this.bytes.length;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      result += (byte & 127) * 2 ** shift;
      if (byte < 128) return result;
    }
  }
  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }
  name() {
    return Buffer.from(this.take(this.number())).toString();
  }
}

/** Returns an unsigned LEB128 number. */
const leb = (number) => {
  const bytes = [];
  do {
    bytes.push((number & 127) | (number > 127 ? 128 : 0));
    number >>>= 7;
  } while (number);
  return Buffer.from(bytes);
};

/** Returns a signed LEB128 number. `number`: not negative. */
const signedLeb = (number) => {
  const bytes = [];
  for (; number > 63; number >>>= 7) bytes.push((number & 127) | 128);
  bytes.push(number);
  return Buffer.from(bytes);
};

const named = (name) => Buffer.concat([leb(Buffer.byteLength(name)), Buffer.from(name)]);

/** Returns the sections of a file, in order: [{id, content}]. */
const sectionsOf = (file) => {
  const reader = new Reader(file);
  reader.take(8);
  const sections = [];
  while (!reader.isAtEnd) {
    const id = reader.byte();
    sections.push({ id, content: reader.take(reader.number()) });
  }
  return sections;
};

/** Copies one limits field: of a memory or a table. */
const skipLimits = (reader) => {
  const flags = reader.byte();
  reader.number();
  if (flags & 1) reader.number();
};

const kSkipType = [
  (reader) => reader.number(),
  (reader) => {
    reader.byte();
    skipLimits(reader);
  },
  skipLimits,
  (reader) => reader.take(2),
];

const renameImports = (content, rename) => {
  const reader = new Reader(content);
  const count = reader.number();
  const parts = [leb(count)];
  for (let i = 0; i < count; i++) {
    const module = reader.name();
    const name = reader.name();
    const start = reader.at;
    kSkipType[reader.byte()](reader);
    parts.push(named(module), named(rename(name)), content.subarray(start, reader.at));
  }
  return Buffer.concat(parts);
};

const renameExports = (content, rename) => {
  const reader = new Reader(content);
  const count = reader.number();
  const parts = [leb(count)];
  for (let i = 0; i < count; i++) {
    parts.push(named(rename(reader.name())));
    const start = reader.at++;
    reader.number();
    parts.push(content.subarray(start, reader.at));
  }
  return Buffer.concat(parts);
};

const kI32Const = 0x41;
const kEnd = 0x0b;

const dataSection = (segments) =>
  Buffer.concat([
    leb(segments.length),
    ...segments.flatMap(({ at, bytes }) => [
      Buffer.of(0, kI32Const),
      signedLeb(at),
      Buffer.of(kEnd),
      leb(bytes.length),
      bytes,
    ]),
  ]);

/** Returns the data segments of a file: [{at: address, bytes}]. Throws for a segment without a fixed address. */
export const dataOf = (file) => {
  const content = sectionsOf(file).find(({ id }) => id === kSection.data)?.content;
  if (!content) return [];
  const reader = new Reader(content);
  return Array.from({ length: reader.number() }, () => {
    if (reader.byte() !== 0 || reader.byte() !== kI32Const) throw Error('a data segment without a fixed address');
    const at = reader.number();
    reader.byte();
    return { at, bytes: reader.take(reader.number()) };
  });
};

/**
 * Returns the file with other names of imports and exports, and with these data segments.
 * @param {Buffer} file
 * @param {(name: string) => string} rename
 * @param {{ at: number, bytes: Buffer }[]} segments
 */
export const rewrite = (file, rename, segments) => {
  const parts = sectionsOf(file)
    .filter(({ id }) => id !== kSection.data && id !== kSection.dataCount)
    .map(({ id, content }) => {
      if (id === kSection.import) return { id, content: renameImports(content, rename) };
      if (id === kSection.export) return { id, content: renameExports(content, rename) };
      return { id, content };
    });
  parts.push({ id: kSection.data, content: dataSection(segments) });
  return Buffer.concat([
    file.subarray(0, 8),
    ...parts.flatMap(({ id, content }) => [Buffer.of(id), leb(content.length), content]),
  ]);
};
