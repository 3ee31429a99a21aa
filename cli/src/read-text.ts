import { readFile, stat } from 'node:fs/promises';
import { fileFault } from './file-fault.ts';

/** The server takes no larger app. */
const MOST = 8 * 1024 * 1024;

/**
 * The text of a file in UTF-8, without a byte order mark. One in another encoding is refused: its letters would become
 * question marks, and be kept so.
 */
export async function readText(file: string): Promise<string> {
  // Node reads no more than 2 GB at once, and says so in words of its own.
  const { size } = await stat(file).catch(fault(file));
  if (size > MOST) throw new Error(`${file} is larger than 8 MB, which nothing is that belongs here.`);
  const bytes = await readFile(file).catch(fault(file));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file} is not in UTF-8. Save it in UTF-8 and try again.`);
  }
}

const fault = (file: string) => (error: unknown) => {
  throw fileFault(error, file);
};
