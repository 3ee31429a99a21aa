import { expect, test } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import { creating } from './creation-keys.ts';

const problem = (status: number) =>
  new ApiProblem({ type: '', code: 'x', title: 'T', status, next: 'N', requestId: 'r' });
const keys: string[] = [];
const answering = (outcome?: Error) => async (key: string) => {
  keys.push(key);
  if (outcome !== undefined) throw outcome;
  return 'made';
};
const last = () => keys.at(-1);

test.each([
  ['no answer', new TypeError('Failed to fetch')],
  ['an answer that nobody knows', problem(503)],
])('after %s, the same creation goes under the same key, until it is made', async (_name, outcome) => {
  await creating('createApp', { name: 'A' }, answering(outcome)).catch(() => undefined);
  const key = last();
  expect(await creating('createApp', { name: 'A' }, answering())).toBe('made');
  expect(last()).toBe(key);
  await creating('createApp', { name: 'A' }, answering());
  expect(last()).not.toBe(key);
});

test('another body, another operation, or a refusal: another key', async () => {
  await creating('createApp', { name: 'A' }, answering(new TypeError())).catch(() => undefined);
  const key = last();
  await creating('invite', { name: 'A' }, answering());
  expect(last()).not.toBe(key);
  await creating('createApp', { name: 'B' }, answering(problem(409))).catch(() => undefined);
  const refused = last();
  expect(refused).not.toBe(key);
  await creating('createApp', { name: 'B' }, answering());
  expect(last()).not.toBe(refused);
});
