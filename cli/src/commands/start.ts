import { Command } from 'commander';
import { runScript } from './run-script.ts';

/** `sallyport start`: what `npm start` does; further options go to the server. */
export function startCommand(): Command {
  return new Command('start')
    .description('install what is missing, build the web app and keep the server up (as npm start does)')
    .argument('[options...]', 'options of the server, such as --demo')
    .allowUnknownOption()
    .action((options: string[]) => runScript('scripts/start.mjs', options));
}
