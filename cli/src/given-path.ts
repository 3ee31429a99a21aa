import { InvalidArgumentError } from 'commander';

/**
 * A path that was given. An empty one is a variable of the shell that is not set, and would be the current folder; `-` is
 * meant for a pipe, and would be a file of that name: what is written is whole, or is not there.
 */
export function givenPath(text: string): string {
  if (text === '') throw new InvalidArgumentError('It is empty: is a variable of the shell not set?');
  if (text === '-')
    throw new InvalidArgumentError('A pipe is not read or written: name a file (./- is one, too).');
  return text;
}
