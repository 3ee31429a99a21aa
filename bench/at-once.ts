// Answers every request at once, without reading it: the load generator's own limit, for answers of so many bytes.
import { createServer } from 'node:net';

const size = Number(process.argv[2]);
const answer = Buffer.concat([
  Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`),
  Buffer.alloc(size, ' '),
]);
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => socket.write(answer));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit());
