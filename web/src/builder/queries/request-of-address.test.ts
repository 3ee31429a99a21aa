import { expect, test } from 'vitest';
import { requestOfAddress } from './request-of-address.ts';

const BASES = ['https://api.example.com/v1/', 'https://dev.example.com'];

test('a pasted address below a base URL is a path and query fields', () => {
  expect(requestOfAddress(' https://api.example.com/v1/orders?status=open&q=a%20%26+b#x\n', BASES)).toEqual({
    path: '/orders',
    query: [
      { name: 'status', value: 'open' },
      { name: 'q', value: 'a & b' },
    ],
  });
  expect(requestOfAddress('https://dev.example.com/café/7', BASES)).toEqual({
    path: '/caf%C3%A9/7',
    query: [],
  });
  expect(requestOfAddress('https://api.example.com/v1', BASES)).toEqual({ path: '/', query: [] });
});

test('names of values in a pasted path stay, and what was encoded is', () => {
  const pathOf = (rest: string) => requestOfAddress(`https://api.example.com/v1${rest}`, BASES)?.path;
  expect(pathOf('/orders/{order-id}/items/{item.id}.json?x={y}')).toBe(
    '/orders/{order-id}/items/{item.id}.json',
  );
  expect(pathOf('/files/%7Ba%7D')).toBe('/files/%7Ba%7D');
});

test.each([
  'https://api.example.com/v10/orders',
  'https://api.example.com/orders',
  'http://api.example.com/v1/orders',
  'https://api.example.com:8443/v1/orders',
  'https://api.example.com.example.org/v1/orders',
  'https://api.example.com/v1/orders/{{ id }}',
  '/orders?status=open',
  'orders',
])('%s is no address of the source', (text) => expect(requestOfAddress(text, BASES)).toBeUndefined());
