/** Turns byte offsets of a text's UTF-8 into offsets in UTF-16 units, which everything else counts in. */
export function byteOffsets(text: string): (byte: number) => number {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length === text.length
    ? (byte) => byte
    : (byte) => bytes.subarray(0, byte).toString('utf8').length;
}
