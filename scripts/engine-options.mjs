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

/**
 * The system looks names up on half of the threads, ten seconds and more for one that no server answers for, and cannot be
 * told to stop. With the engine's own four threads, two such names kept every source from being found; these cost 0.2 MB.
 */
export const ENGINE_ENVIRONMENT = { UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16' };
