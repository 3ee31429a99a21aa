import { AppBundle } from '@sallyport/contract';

/** Where a value is no bundle: the path in it, from the root on, and in words. */
export interface BundleFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The bundle that a value is, or why it is none. */
export function checkBundle(value: unknown): { bundle: AppBundle } | { fault: BundleFault } {
  try {
    const parsed = AppBundle.safeParse(value);
    if (parsed.success) return { bundle: parsed.data as AppBundle };
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'It is no app.' };
    return { fault: { path, message: path.length === 0 ? message : `${path.join('.')}: ${message}` } };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { fault: { path: [], message: TOO_DEEP } };
  }
}

export const TOO_DEEP = 'It is nested too deep to be an app.';
