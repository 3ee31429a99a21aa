import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const source = (name: string): string =>
  fileURLToPath(new URL(`../src/runtime/sandbox/${name}`, import.meta.url));

async function bundle(file: string, define: Record<string, string> = {}): Promise<string> {
  const build = await rolldown({ input: source(file), transform: { define }, logLevel: 'warn' });
  try {
    const { output } = await build.generate({ format: 'iife', minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}

export interface SandboxFiles {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The response of `GET /sandbox`: one page with one script, allowed by its hash, and the policy that makes it an opaque
 * origin with no network. The worker inherits the policy of the page that made it.
 */
export async function buildSandbox(): Promise<SandboxFiles> {
  const worker = await bundle('worker.ts');
  const frame = (await bundle('frame.ts', { WORKER_SOURCE: JSON.stringify(worker) }))
    // In HTML text, nothing inside the script may look like the end of it or like a comment.
    .replaceAll('</', '<\\/')
    .replaceAll('<!--', '<\\!--')
    .trim();
  const hash = createHash('sha256').update(frame).digest('base64');
  const policy = [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'unsafe-eval'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
  return {
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Expressions</title></head><body><script>${frame}</script></body></html>\n`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'cache-control': 'no-cache',
    },
  };
}
