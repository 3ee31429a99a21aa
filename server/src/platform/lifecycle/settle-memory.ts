const AFTER_MS = 2_000;

/**
 * Collects once what the start has left behind, a moment after it: nothing else would for long in a server at rest, and it
 * is a fifth of its memory. Takes 0.1 s. `scripts/start.mjs` gives the process the means; without them nothing is done.
 */
export function settleMemory(): void {
  const collect = globalThis.gc;
  // Only a collection of the last resort gives pages back to the system; any other takes more of them first.
  if (collect !== undefined)
    setTimeout(() => collect({ type: 'major', flavor: 'last-resort' }), AFTER_MS).unref();
}
