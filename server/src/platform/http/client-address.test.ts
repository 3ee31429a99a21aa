import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

async function addressOf(forwarded: string): Promise<string> {
  const app = Fastify({ trustProxy: ['127.0.0.1'] });
  app.get('/', async (request) => clientAddress(request));
  const answer = await app.inject({ url: '/', headers: { 'x-forwarded-for': forwarded } });
  await app.close();
  return answer.body;
}

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:51234', '203.0.113.9'],
  ['[2001:db8::9]:51234', '2001:db8::9'],
  ['2001:db8::9', '2001:db8::9'],
])('of what a trusted proxy says, %s is the address %s', async (said, address) => {
  expect(await addressOf(said)).toBe(address);
});

test.each(['unknown', '203.0.113.999', '<b>x</b>', 'fe80::1%aaaaaaaaaaaa', '203.0.113.9:51234:x', "';--"])(
  'what is no address is not taken for one: %s',
  async (said) => {
    expect(await addressOf(said)).toBe('127.0.0.1');
  },
);
