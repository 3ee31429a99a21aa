import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readText } from '../read-text.ts';
import type { Folder } from './write-folder.ts';

/** Beside the app's files: what they were when they were last exported or imported. */
export const FOLDER_OF_PRINTS = '.sallyport';
const FILE = `${FOLDER_OF_PRINTS}/prints`;

/** A line of `sha256sum`. Line ends are Git's and the editor's, and no change. */
export function printLine(path: string, text: string): string {
  const hash = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
  return `${hash}  ${path}`;
}

/** F5: the files that note how these are. Git keeps the lines of both sides when it merges them. */
export function printsOf(files: Folder): Folder {
  const lines = [...files].map(([path, text]) => printLine(path, text));
  return new Map([
    [`${FOLDER_OF_PRINTS}/.gitattributes`, '* merge=union\n'],
    [FILE, `${lines.join('\n')}\n`],
  ]);
}

/** The lines that were noted in a folder; none when nothing was. */
export async function printedIn(folder: string): Promise<ReadonlySet<string>> {
  const text = await readText(join(folder, FILE)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return new Set(text.split(/\r?\n/));
}
