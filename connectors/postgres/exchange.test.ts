import { expect, it } from 'vitest';
import { Exchange, type Step } from './exchange.ts';

const run: Step = { text: 'select 1', parse: true, do: 'run' };
const shape: Step = { text: 'select 1', parse: true, do: 'shape' };

it('a server that is ready before every statement is complete has not answered', async () => {
  const early = new Exchange([run, run]);
  early.handleCommandComplete({ text: 'SELECT 1' });
  early.handleReadyForQuery();
  await expect(early.finished).rejects.toThrow('an answer without a part');

  const whole = new Exchange([run, run]);
  whole.handleCommandComplete({ text: 'SELECT 1' });
  whole.handleCommandComplete({ text: 'SELECT 1' });
  whole.handleReadyForQuery();
  await whole.finished;

  // What has no columns says so by a message that nobody hears.
  const described = new Exchange([shape]);
  described.handleReadyForQuery();
  await described.finished;
});
