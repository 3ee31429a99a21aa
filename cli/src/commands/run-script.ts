import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { NOT_DONE } from '../exit-codes.ts';

/** Runs a program of the server (`path` from the project's folder) to its end, and ends with its exit code. */
export async function runScript(path: string, args: readonly string[]): Promise<void> {
  const script = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  // Variables of this program: a person’s token is no business of the server’s.
  const { SALLYPORT_URL: _url, SALLYPORT_TOKEN: _token, ...env } = process.env;
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? NOT_DONE;
}
