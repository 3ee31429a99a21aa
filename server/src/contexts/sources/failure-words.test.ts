import { ConnectorError } from '@sallyport/connectors/port.ts';
import { expect, it } from 'vitest';
import { failureOf } from './failure-words.ts';

it('S6 a failure of which there is one sentence is told in one', () => {
  const late = 'The source accepted the connection but did not respond in time.';
  expect(failureOf(new ConnectorError('source_timeout', late))).not.toHaveProperty('detail');
  expect(failureOf(new ConnectorError('source_timeout', 'It went away.'))).toMatchObject({
    title: late,
    detail: 'It went away.',
  });
});
