/** A name as PostgreSQL quotes it. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
