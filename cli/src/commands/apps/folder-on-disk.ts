import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Folder } from '../../app-folder/write-folder.ts';
import { readText } from '../../read-text.ts';

/** What an app's folder may hold; anything else in it (a README, .git) is neither read nor touched. */
const OWN = /^(app\.yaml|pages\/[^/]+\/page\.yaml|queries\/[^/]+\.(yaml|sql|js))$/;

/** The folders that those are in. */
const BETWEEN = /^(pages(\/[^/]+)?|queries)$/;

async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const found = entries.map((entry) => ({ entry, path: pathOf(folder, entry) }));
  for (const { entry, path } of found) {
    // Through a link, a folder that came from elsewhere would have files outside it read or overwritten.
    if (entry.isSymbolicLink() && (OWN.test(path) || BETWEEN.test(path)))
      throw new Error(`${join(folder, path)} is a link. Put the file itself there, or remove it.`);
  }
  return found.filter(({ entry, path }) => entry.isFile() && OWN.test(path)).map(({ path }) => path);
}

/** Below `folder`, however that is spelled (`.`, `./app/`), with slashes whatever the system. */
function pathOf(folder: string, entry: Dirent): string {
  return relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
}

export async function loadFolder(folder: string): Promise<Folder> {
  const files = new Map<string, string>();
  for (const path of await pathsIn(folder)) files.set(path, await readText(join(folder, path)));
  return files;
}

/**
 * Makes the folder hold exactly these files of the app. Says how many there are. What was there stays until all are
 * written: a disk that is full, or a file that may not be, leaves the folder as it was.
 */
export async function replaceFolder(folder: string, files: Folder): Promise<number> {
  for (const path of files.keys()) {
    if (!OWN.test(path)) throw new Error(`The app has a file that does not belong in its folder: ${path}`);
  }
  const before = await pathsIn(folder);
  const drafts = new Map(
    [...files.keys()].map((path) => [path, join(folder, `${path}.${randomUUID()}.part`)]),
  );
  try {
    for (const [path, draft] of drafts) {
      await mkdir(dirname(draft), { recursive: true });
      await writeFile(draft, files.get(path) ?? '');
    }
  } catch (error) {
    for (const draft of drafts.values()) await rm(draft, { force: true });
    throw error;
  }
  for (const [path, draft] of drafts) await rename(draft, join(folder, path));
  for (const path of before) if (!files.has(path)) await rm(join(folder, path));
  return files.size;
}
