/**
 * What the server's engine is started with: for a small machine. One helper thread, and a collection after the start
 * (settle-memory.ts), are together 40 MB less at rest. WebAssembly is compiled by the baseline compiler only: the
 * optimising one takes 610 MB and two seconds of a core for one function of PostgreSQL's grammar, at the third statement
 * that is read, where a small machine has not as much (docs/decisions/0025-webassembly-by-the-baseline-compiler.md).
 */
export const ENGINE_OPTIONS = [
  '--v8-pool-size=1',
  '--max-semi-space-size=16',
  '--expose-gc',
  '--liftoff-only',
];
