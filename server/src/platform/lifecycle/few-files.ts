import { CannotStart } from './cannot-start.ts';

const IN_WORDS = /insufficient file descriptors|Too many open files|EMFILE/;

/** What ended a start, as a sentence when the process may open too few files, as PostgreSQL says of its own; otherwise as it was. */
export function sayFewFiles(error: unknown): unknown {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (IN_WORDS.test(one.message))
      return new CannotStart(
        'The process may open too few files for itself and its PostgreSQL. Raise its limit to 1024 or more (ulimit -n; systemd: LimitNOFILE).',
        { cause: error },
      );
  }
  return error;
}
