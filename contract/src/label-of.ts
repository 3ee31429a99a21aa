const SPELLED: ReadonlyMap<string, string> = new Map(
  'ID URL API IP VAT SKU IBAN ISBN UUID JSON CSV PDF IATA IMDb USD EUR GBP CHF JPY'
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

/** What people call a column or table: `order_lines` → `Order lines`, `budgetUsd` → `Budget USD`. */
export function labelOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
  if (words === '') return name;
  const text = words.replace(/\p{L}+/gu, (word) => SPELLED.get(word) ?? word);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
