import { Command } from 'commander';
import { runScript } from './run-script.ts';

/** `sallyport start`: what `npm start` does; further options go to the server. */
export function startCommand(): Command {
  return new Command('start')
    .description('install dependencies, build the web app and run the server, like npm start')
    .argument('[options...]', 'options for the server, such as --demo')
    .allowUnknownOption()
    .action((options: string[]) => runScript('scripts/start.mjs', options));
}
