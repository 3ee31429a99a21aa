import { createRequire } from 'node:module';

/** As much of libpg-query as is used: PostgreSQL's parser and scanner, compiled to WebAssembly. */
export interface Grammar {
  loadModule(): Promise<void>;
  parseSync(text: string): { readonly stmts?: readonly unknown[] };
  scanSync(text: string): {
    readonly tokens: readonly { readonly start: number; readonly text: string; readonly tokenName: string }[];
  };
}

const require = createRequire(import.meta.url);
let current: Promise<Grammar> | undefined;
let loaded: Grammar | undefined;

/** Loads the grammar, anew after a fault. */
export async function loadGrammar(): Promise<void> {
  current ??= load();
  loaded = await current;
}

export function grammar(): Grammar {
  if (loaded === undefined) throw new Error('load() comes before outline()');
  return loaded;
}

/**
 * After a fault inside of it (a stack that overflowed, an access out of bounds), the module's memory cannot be trusted:
 * it leaks, and in the end fails for every statement. The next `loadGrammar` makes another.
 */
export function dropGrammar(): void {
  current = undefined;
}

async function load(): Promise<Grammar> {
  // The package keeps one module; forgetting it in the cache gives a fresh one, and lets the old one go.
  delete require.cache[require.resolve('libpg-query')];
  const fresh = require('libpg-query') as Grammar;
  await fresh.loadModule();
  return fresh;
}
