import { PartNotLoaded } from './load-part.ts';

/** The way out where only a reload helps: this build's files are gone, or the browser will not ask for one again. */
export const reloadFor = (error: unknown): (() => void) | undefined =>
  error instanceof PartNotLoaded && error.why !== 'silent' ? () => location.reload() : undefined;
