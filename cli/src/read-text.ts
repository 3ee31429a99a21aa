import { readFile } from 'node:fs/promises';
import { fileFault } from './file-fault.ts';

/**
 * The text of a file in UTF-8, without a byte order mark. One in another encoding is refused: its letters would become
 * question marks, and be kept so.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error) => {
    throw fileFault(error, file);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file} is not in UTF-8. Save it in UTF-8 and try again.`);
  }
}
