import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';

const NONCE = Buffer.from('AAAAAAAABBBBBBBBBBBB');

/** What stands on the way to a MySQL server: asks for the password, encrypted with a key of its own, and reads it. */
export async function keyFromBetween(plugin: 'caching_sha2_password' | 'sha256_password') {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const hello = Buffer.concat([
    Buffer.from('\n8.4.0\0'),
    Buffer.from([1, 0, 0, 0, ...NONCE.subarray(0, 8), 0, 0xff, 0xf7, 33, 2, 0, 0xff, 0xc7, 21]),
    Buffer.alloc(10),
    Buffer.from(`${NONCE.subarray(8)}\0${plugin}\0`),
  ]);
  const passwords: string[] = [];
  /** The flags of what each client can do. */
  const asked: number[] = [];
  const server = createServer((socket) => {
    const send = (number: number, body: Buffer) =>
      void socket.write(Buffer.concat([Buffer.from([body.length & 255, body.length >> 8, 0, number]), body]));
    socket.on('error', () => undefined);
    socket.on('data', (packet) => {
      const [number, body] = [packet[3]! + 1, packet.subarray(4)];
      if (body.length === 256) passwords.push(decrypted(body));
      // It asks for the key.
      else if (body.length === 1) send(number, Buffer.concat([Buffer.from([1]), Buffer.from(pem)]));
      else if (number === 2) {
        asked.push(body.readUInt32LE(0));
        send(number, Buffer.from(`\xfe${plugin}\0${NONCE}\0`, 'latin1'));
      } else send(number, Buffer.from([1, 4]));
    });
    send(0, hello);
  });
  const decrypted = (body: Buffer): string => {
    const bytes = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      body,
    );
    return String(bytes.map((byte, i) => byte ^ NONCE[i % NONCE.length]!)).replace(/\0$/, '');
  };
  return { port: await listening(server), passwords, asked, close: () => server.close() };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
