import { readFile } from 'node:fs/promises';

/**
 * The text of a file in UTF-8, without a byte order mark. One in another encoding is refused: its letters would become
 * question marks, and be kept so.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file} is not in UTF-8. Save it in UTF-8 and try again.`);
  }
}
