import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';

/** `sallyport start`: what `npm start` does; further options go to the server. */
export function startCommand(): Command {
  return new Command('start')
    .description('install dependencies, build the web app and run the server, like npm start')
    .argument('[options...]', 'options for the server, such as --demo')
    .allowUnknownOption()
    .action(async (options: string[]) => {
      const script = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
      // Variables of this program: a person’s token is no business of the server’s.
      const { SALLYPORT_URL: _url, SALLYPORT_TOKEN: _token, ...env } = process.env;
      const child = spawn(process.execPath, [script, ...options], { stdio: 'inherit', env });
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => child.kill(signal));
      }
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
}
