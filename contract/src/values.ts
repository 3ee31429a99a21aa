import { z } from 'zod';
import { LARGEST_PAGE } from './all-pages.ts';

export const Id = z.uuid();
export const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');
/** An instant, ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true });
/** What joins or shapes the character before it. */
const JOINER = '[\\u180b-\\u180d\\u180f\\u200c\\u200d\\ufe0e\\ufe0f\\u{e0100}-\\u{e01ef}]';
/**
 * What shows as nothing, breaks the line, or turns the letters around it: with it, one thing can look like another. A joiner
 * is such where it does nothing: after letters that are never joined, except in a keycap.
 */
const HIDDEN = new RegExp(
  '[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\u2800]' +
    `|(?!${JOINER})\\p{Default_Ignorable_Code_Point}` +
    `|(?:^|[\\x20-\\x7e\\p{Zs}\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}])${JOINER}(?!\\u20e3)`,
  'u',
);
const SHOWN = 'It has a character that is not shown, or that turns the text around. Type it anew.';
/**
 * A name for people to read, on one line. Where one is answered it is any text: rules of an earlier version let more through.
 * One name has one spelling (Unicode's NFC): whoever looks for “é” finds it, whichever keyboard it came from.
 */
export const Name = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(80)
  .refine((text) => !HIDDEN.test(text), SHOWN);
/** Of a part of a document, which is read back by the rule that it was saved by: what names nothing but a page. */
export const Title = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u.test(text), SHOWN);
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email().max(254))
  .meta({ format: 'email', maxLength: 254 });
/** Taken in one spelling (Unicode's NFC, as RFC 8265 asks): one keyboard sends “é”, another “e” and an accent. */
export const Password = z.string().normalize('NFC').min(1).max(200);
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
/** Who belongs to what is told by it, so that two groups that look the same are one, as with `Name`. */
export const Group = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(60)
  .refine((text) => !HIDDEN.test(text), SHOWN);

/** Any JSON at all; the one such schema, so that a description of the API has one name for it. */
export const JsonValue = z.json();

export const Cursor = z.string().max(200);
/** Of a list whose cursors are of this form. */
export const pageQueryOf = <C extends z.ZodType>(cursor: C) => ({
  /** The `next` of the page before; null there at the end. */
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
});
export const pageQuery = { ...pageQueryOf(Cursor) };
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: Cursor.nullable() });

export type RoleName = z.infer<typeof Role>;
export type EnvironmentName = z.infer<typeof Environment>;
