import { InvalidArgumentError } from 'commander';

/** A path that was given. An empty one is a variable of the shell that is not set, and would be the current folder. */
export function givenPath(text: string): string {
  if (text === '') throw new InvalidArgumentError('It is empty: is a variable of the shell not set?');
  return text;
}
