import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';

export interface Options {
  /** Add the database of public data, and an app over it. */
  readonly demo: boolean;
}

/** The options of the server; one that it does not have stops the start with a sentence, as a wrong variable does. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { demo: { type: 'boolean', default: false } },
    });
    return values;
  } catch {
    // The error of Node suggests what only its own programs take.
    const wrong = args.find((arg) => arg !== '--demo') ?? '';
    throw new ConfigError([
      `${wrong} is not an option of Sallyport. The only one is --demo; everything else is an environment variable (docs/configuration.md).`,
    ]);
  }
}
