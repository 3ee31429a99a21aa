import { join } from 'node:path';
import { readText } from '../read-text.ts';
import { FOLDER_OF_PRINTS } from './prints.ts';
import type { Folder } from './write-folder.ts';

/** An app of one server: an address has its own ids, and another one's app of the same files is no stranger. */
export interface KnownApp {
  readonly server: string;
  readonly id: string;
}

const FILE = `${FOLDER_OF_PRINTS}/apps`;
const lineOf = ({ server, id }: KnownApp): string => `${server} ${id}`;

/** The apps that a folder was exported from or imported into, a line for each; none when nothing was noted. */
async function linesIn(folder: string): Promise<string[]> {
  const text = await readText(join(folder, FILE)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split(/\r?\n/).filter((line) => line !== '');
}

/** F5: whether a folder is known to be of other apps of this server, and of none that is this one. */
export async function isOfAnother(folder: string, app: KnownApp): Promise<boolean> {
  const here = (await linesIn(folder)).filter((line) => line.startsWith(`${app.server} `));
  return here.length > 0 && !here.includes(lineOf(app));
}

/** The file that notes this app, beside those that are known. `only`: it takes the place of the others of its server. */
export async function knownApps(folder: string, app: KnownApp, only = false): Promise<Folder> {
  const known = await linesIn(folder);
  const kept = only ? known.filter((line) => !line.startsWith(`${app.server} `)) : known;
  return new Map([[FILE, `${[...new Set([...kept, lineOf(app)])].sort().join('\n')}\n`]]);
}
