import { expect, test } from 'vitest';
import { formatFor } from './format.ts';

test.each([
  ['', 'json'],
  ['*/*', 'json'],
  ['text/csv', 'json'],
  ['application/json', 'json'],
  ['application/x-ndjson', 'x-ndjson'],
  ['Application/X-NDJSON ; charset=utf-8', 'x-ndjson'],
  ['application/x-ndjson, application/json', 'x-ndjson'],
  ['application/json, application/x-ndjson;q=0.5', 'json'],
  ['application/json;q=0.1, application/x-ndjson;q=0.5', 'x-ndjson'],
  ['application/x-ndjson;q=0', 'json'],
])('a caller who accepts %j is answered in %s', (accept, format) => {
  expect(formatFor(accept).contentType).toBe(`application/${format}; charset=utf-8`);
});
