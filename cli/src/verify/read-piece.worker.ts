import { parentPort, workerData } from 'node:worker_threads';
import { readPiece } from './record-run.ts';

/** A thread of `readAhead`: answers each piece with what it holds. */
parentPort?.on('message', (piece: Uint8Array) => {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  parentPort?.postMessage(readPiece(bytes, workerData as string));
});
