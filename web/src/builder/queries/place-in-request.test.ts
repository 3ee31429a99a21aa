import { expect, test } from 'vitest';
import { placeInRequest } from './place-in-request.ts';

test('what is wrong in a request is said of the field that is seen, not of the document', () => {
  expect(
    ['path', 'query.0.name', 'headers.11.value', 'body.form.2.value', 'rowsAt', 'errorAt'].map(
      placeInRequest,
    ),
  ).toEqual([
    'Path',
    'Name 1 of query parameters',
    'Value 12 of headers',
    'Value 3 of fields',
    'Rows at',
    'Error at',
  ]);
  expect(placeInRequest('answerHeaders.1')).toBe('Response headers');
  expect(placeInRequest('source')).toBe('source');
});
