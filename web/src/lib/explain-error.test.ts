import { expect, test } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import { explainError } from './explain-error.ts';

const problem = (places: { path: string; message: string }[], code = 'input_invalid') =>
  new ApiProblem({
    type: 'about:blank',
    status: 400,
    code,
    title: 'The request is not valid.',
    next: 'Fix the errors that are listed and try again.',
    requestId: '01a2142c-8457-7000-bb9d-d495bbf74606',
    places,
  });

test('an address with half an id is a link that was cut, not a request that somebody could correct', () => {
  const said = explainError(problem([{ path: 'params.id', message: 'Invalid UUID.' }]));
  expect(said.title).toBe('Page not found.');
  expect(JSON.stringify(said)).not.toContain('params');
});

test('W5 what a form sent wrong is told place by place', () => {
  const said = explainError(problem([{ path: 'name', message: 'Too long.' }]));
  expect(said).toMatchObject({ title: 'The request is not valid.', detail: 'name: Too long.' });
});

test('W5 what an engine says without a stop ends before the next step', () => {
  const said = (message: string) => explainError(problem([{ path: '', message }])).detail;
  expect(said('relation "custom" does not exist')).toBe('relation "custom" does not exist.');
  expect(said('Too long.')).toBe('Too long.');
  const ofASource = (message: string) =>
    explainError(problem([{ path: '', message }], 'source_refused_statement'));
  expect(ofASource('division by zero').detail).toBe('Division by zero.');
  expect(ofASource('min_delay is out of range').detail).toBe('min_delay is out of range.');
});

test('W9 what the end of the session refused is said to somebody who has signed in again', () => {
  expect(explainError(problem([], 'sign_in_required'))).toMatchObject({
    title: 'Your session had ended, so this was not done.',
    next: 'Try again.',
  });
});
