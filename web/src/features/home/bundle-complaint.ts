import { AppBundle } from '@sallyport/contract';

/** What is wrong with the content of a bundle’s file. A part of its own, since the contract’s schemas come with it. */
export function bundleComplaint(content: unknown): string | undefined {
  const checked = AppBundle.safeParse(content);
  if (checked.success) return undefined;
  const [issue] = checked.error.issues;
  return `${issue?.path.join('.') || 'The file'}: ${issue?.message}`;
}
