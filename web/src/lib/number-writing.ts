/** How a locale writes numbers: what stands before the decimals, and what between groups where that is a comma or a point. */
export interface NumberWriting {
  readonly decimal: string;
  readonly group: string | undefined;
  /** Text of a decimal number, with all its digits. */
  readonly write: (text: string, grouped: boolean) => string;
}

const MOST_DECIMALS = 100;

/** The writing of a locale, of the browser's own when none is named: the one that tables are shown in. */
export function numberWriting(locale?: string): NumberWriting {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345678.5);
  const partOf = (type: string) => parts.find((part) => part.type === type)?.value;
  const made = new Map<string, Intl.NumberFormat>();
  const formatOf = (decimals: number, grouped: boolean): Intl.NumberFormat => {
    const key = `${decimals}${grouped}`;
    const format =
      made.get(key) ??
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        useGrouping: grouped ? 'auto' : false,
      });
    made.set(key, format);
    return format;
  };
  return {
    decimal: partOf('decimal') ?? '.',
    group: partOf('group'),
    write(text, grouped) {
      const decimals = text.split('.')[1]?.length ?? 0;
      // The platform formats the text of a decimal exactly; with an exponent, or longer than it can, it stays as it is.
      if (!/^-?\d+(?:\.\d+)?$/.test(text) || decimals > MOST_DECIMALS) return text;
      return formatOf(decimals, grouped).format(text as `${number}`);
    },
  };
}

export const localWriting: NumberWriting = numberWriting();
