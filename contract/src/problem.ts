import { z } from 'zod';

/** RFC 9457 problem document, sent as `application/problem+json` for every refusal and fault. */
export const Problem = z.strictObject({
  /** `https://sallyport.dev/errors#<code>`: an identifier, not an address to be fetched. */
  type: z.string(),
  /** Stable; `docs/errors.md` lists all. */
  code: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** What the person can do next. */
  next: z.string(),
  detail: z.string().optional(),
  requestId: z.string(),
  /**
   * Where in the input. What is wrong with the document of an app or a query (422) has a path inside that document.
   * `at` and `length` are offsets in UTF-16 units of the text named by `path`.
   */
  places: z
    .array(
      z.strictObject({
        path: z.string().optional(),
        at: z.number().int().optional(),
        length: z.number().int().optional(),
        message: z.string(),
      }),
    )
    .optional(),
  extra: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Problem = z.infer<typeof Problem>;
