import { randomUUID } from 'node:crypto';
import { createWriteStream, type Stats } from 'node:fs';
import { open as openFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileFault } from './file-fault.ts';
import { removedOnSignal } from './removed-on-signal.ts';

/**
 * Writes a file that appears when it is whole, for its owner alone; what was there stays until then. Into a pipe or a device,
 * such as `/dev/stdout`, it goes as it comes. Answers whether there is a file now.
 */
export async function writeWhole(
  file: string,
  open: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<boolean> {
  const there = await statOf(file);
  if (there?.isDirectory()) throw new Error(`${file} is a folder. Name a file in it.`);
  if (there !== undefined && !there.isFile()) {
    // Moving a file over it would take the device itself away, from every program.
    const content = await open();
    await pipeline(content, createWriteStream(file)).catch((error) => {
      throw fileFault(error, file);
    });
    return false;
  }
  // A symbolic link stays, and the file that it points to is replaced.
  const target = await realpath(file).catch(() => file);
  const draft = `${target}.${randomUUID()}.part`;
  // The file is there before the content flows: a stream that opens its file by itself may still make it after the content broke
  // off and the draft was removed.
  const handle = await openFile(draft, 'wx', 0o600).catch((error) => {
    throw fileFault(error, file);
  });
  const stop = removedOnSignal([draft]);
  try {
    await pipeline(await open(), handle.createWriteStream({ flush: true }));
    await rename(draft, target);
  } catch (error) {
    await handle.close();
    await rm(draft, { force: true });
    throw fileFault(error, file);
  } finally {
    stop();
  }
  return true;
}

function statOf(file: string): Promise<Stats | undefined> {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
