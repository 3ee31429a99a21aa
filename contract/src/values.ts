import { z } from 'zod';

export const Id = z.uuid();
export const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');
/** An instant, ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true });
/** What shows as nothing, or turns the letters around it: with it, one thing can look like another. */
const HIDDEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;
/** A name for people to read, on one line. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !HIDDEN.test(text), 'without characters that are not shown or that turn the text around');
export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));
export const Password = z.string().min(1).max(200);
export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/, 'lower-case letters, digits and hyphens');
/**
 * A name in an app: of a query, a component, a variable. A JavaScript identifier, since expressions use it. Never
 * `__proto__`: readers of records leave that one out, so that it would be there and nobody would see it.
 */
export const Identifier = z
  .string()
  .regex(
    /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,62}$/,
    'letters, digits and _, not starting with a digit, and not __proto__',
  );
export const Role = z.enum(['owner', 'admin', 'builder', 'member']);
export const Environment = z.enum(['development', 'staging', 'production']);
export const Group = z.string().trim().min(1).max(60);

export const Cursor = z.string().max(200);
export const pageQuery = {
  /** From the `next` of the page before. */
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: Cursor.nullable() });

export const NoContent = null;

export type RoleName = z.infer<typeof Role>;
export type EnvironmentName = z.infer<typeof Environment>;
