/** An `.npy` file of any header: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function npy(
  header: string,
  data: Uint8Array,
  options: { readonly version?: 1 | 2 | 3; readonly magic?: string } = {},
): Uint8Array {
  const { version = 1, magic = '\x93NUMPY' } = options;
  const lengthBytes = version === 1 ? 2 : 4;
  const unpadded = magic.length + 2 + lengthBytes + header.length + 1;
  const text = `${header}${' '.repeat((64 - (unpadded % 64)) % 64)}\n`;
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntLE(text.length, 0, lengthBytes);
  return Buffer.concat([Buffer.from(magic, 'latin1'), Uint8Array.of(version, 0), length, Buffer.from(text), data]);
}

/** A numeric array's header. */
export const npyHeader = (descr: string, shape: string, fortran = false) =>
  `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;

/** Eight-byte floats, three columns: two inputs and their sum. */
export function sums(rows: number, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(rows * 24));
  for (let row = 0; row < rows; row++) {
    const [a, b] = [row / 7, (row * 5) % 11];
    for (const [column, value] of [a, b, a + b].entries()) view.setFloat64((row * 3 + column) * 8, value, littleEndian);
  }
  return new Uint8Array(view.buffer);
}

const table = (header: string, rows: string[]) => [header, ...rows, ''].join('\n');
const tenRows = (line: (index: number) => string) => Array.from({ length: 10 }, (_, index) => line(index));

/** Files that must be refused, with the code of the problem. */
export const refusedFiles: readonly [name: string, content: string | Uint8Array, code: RegExp][] = [
  ['an empty file', '', /empty/],
  ['a header alone', 'a,b,c\n', /no-rows|header/],
  ['ragged rows', table('a,b,c', ['1,2,3', '4,5', '6,7,8,9', '1,2,3']), /ragged/],
  [
    'duplicate headers',
    table(
      'a,b,a',
      tenRows((i) => `${i},2,3`),
    ),
    /duplicate/,
  ],
  ['an infinite value', table('a,b', [...tenRows((i) => `${i},${i * 2}`), '3,Inf']), /infinite/],
  [
    '10,000 columns',
    table(Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(','), [`${'1,'.repeat(9_999)}1`]),
    /columns/,
  ],
  ['an .npy of objects', npy(npyHeader('|O', '(2, 2)'), new Uint8Array(32)), /object|pickle/],
  ['a truncated .npy', npy(npyHeader('<f8', '(100, 3)'), sums(50, true)), /truncated/],
  ['an .npy of a wrong magic', npy(npyHeader('<f8', '(50, 3)'), sums(50, true), { magic: '\x93NUMPX' }), /./],
  ['a 3-D .npy', npy(npyHeader('<f8', '(5, 5, 6)'), sums(50, true)), /bad-shape/],
];

/** Files that must be read, however they look. */
export const acceptedFiles: readonly [name: string, content: string | Uint8Array, rows: number][] = [
  [
    'UTF-8 with a byte-order mark',
    `\ufeff${table(
      'é,b',
      tenRows((i) => `${i},${i}`),
    )}`,
    10,
  ],
  [
    'UTF-16 with a byte-order mark',
    Buffer.from(
      `\ufeff${table(
        'é,b',
        tenRows((i) => `${i},${i}`),
      )}`,
      'utf16le',
    ),
    10,
  ],
  ['NaN and NA as missing', table('a,b', [...tenRows((i) => `${i},${i * 2}`), 'NaN,1', 'NA,2', ',3']), 13],
  [
    'a column of one value',
    table(
      'a,b,c',
      tenRows((i) => `${i},7,${i * 2}`),
    ),
    10,
  ],
  [
    'an all-null column',
    table(
      'a,b,c',
      tenRows((i) => `${i},,${i * 2}`),
    ),
    10,
  ],
  ['a big-endian .npy', npy(npyHeader('>f8', '(50, 3)'), sums(50, false)), 50],
  ['an .npy of version 2', npy(npyHeader('<f8', '(50, 3)'), sums(50, true), { version: 2 }), 50],
  ['an .npy of version 3', npy(npyHeader('<f8', '(50, 3)'), sums(50, true), { version: 3 }), 50],
];
