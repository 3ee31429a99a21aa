import { expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { readOptions } from './read-options.ts';

test('--demo, or nothing', () => {
  expect(readOptions([])).toEqual({ demo: false });
  expect(readOptions(['--demo'])).toEqual({ demo: true });
});

test.each([[['--dmeo']], [['--demo', '--port=80']], [['demo']], [['--demo=yes']], [['-x']]])(
  'what is no option is refused with a sentence, not with a stack: %j',
  (args) => {
    const wrong = args.find((arg) => arg !== '--demo')!;
    expect(() => readOptions(args)).toThrow(ConfigError);
    expect(() => readOptions(args)).toThrow(`${wrong} is not an option of Sallyport. The only one is --demo`);
  },
);
