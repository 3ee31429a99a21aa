/** A whole number as the server takes it: `+05` is `5`. */
export const wholeText = (text: string): string => String(BigInt(text));

/** A decimal number as the server takes it: without a plus, with digits on both sides of the point. */
export const decimalText = (text: string): string =>
  text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|e)/i, '');
