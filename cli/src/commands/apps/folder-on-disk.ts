import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Folder } from '../../app-folder/write-folder.ts';

/** What an app's folder may hold; anything else in it (a README, .git) is neither read nor touched. */
const OWN = /^(app\.yaml|pages\/[^/]+\/page\.yaml|queries\/[^/]+\.(yaml|sql|js))$/;

async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length).split(sep).join('/'))
    .filter((path) => OWN.test(path));
}

export async function loadFolder(folder: string): Promise<Folder> {
  const files = new Map<string, string>();
  for (const path of await pathsIn(folder)) files.set(path, await readFile(join(folder, path), 'utf8'));
  return files;
}

/** Makes the folder hold exactly these files of the app. Says how many there are. */
export async function replaceFolder(folder: string, files: Folder): Promise<number> {
  for (const path of files.keys()) {
    if (!OWN.test(path)) throw new Error(`The app has a file that does not belong in its folder: ${path}`);
  }
  for (const path of await pathsIn(folder)) if (!files.has(path)) await rm(join(folder, path));
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return files.size;
}
