/** Canonical JSON (RFC 8785) written the plain way, to judge the quick one by. */
export function plainlyCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plainlyCanonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = value as Readonly<Record<string, unknown>>;
  const texts = Object.keys(members)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${plainlyCanonical(members[name])}`);
  return `{${texts.join(',')}}`;
}
