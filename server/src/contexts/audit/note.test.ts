import { createPrivateKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyHash, rawPublicKey, signNote, verifierKey } from './note.ts';

test('A7 signs notes as the published example of the format does', () => {
  const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
  const privateKey = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = rawPublicKey(privateKey);
  expect(keyHash('PeterNeumann', publicKey).toString('hex')).toBe('c74f20a3');
  expect(verifierKey('PeterNeumann', publicKey)).toBe(
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  );
  const text = `If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n`;
  expect(signNote(text, 'PeterNeumann', { privateKey, publicKey })).toBe(
    `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`,
  );
});
