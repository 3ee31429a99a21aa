import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isOfAnother, type KnownApp, knownApps } from '../../app-folder/known-apps.ts';
import { nameIn } from '../../app-folder/name-in.ts';
import { FOLDER_OF_PRINTS, printedIn, printLine, printsOf } from '../../app-folder/prints.ts';
import type { Folder } from '../../app-folder/write-folder.ts';
import { fileFault } from '../../file-fault.ts';
import { readText } from '../../read-text.ts';
import { removedOnSignal } from '../../removed-on-signal.ts';

/** What an app's folder may hold; anything else in it (a README, .git) is neither read nor touched. */
const OWN = /^(app\.yaml|pages\/[^/]+\/page\.yaml|queries\/[^/]+\.(yaml|sql))$/;

/** The folders that hold those files, and `.sallyport`. */
const BETWEEN = new RegExp(`^(pages(/[^/]+)?|queries|${FOLDER_OF_PRINTS.replace('.', '\\.')})$`);

/** A path below `pages` that no page can have, such as `.DS_Store` or a person's notes: a file there is ignored. */
const BESIDE_PAGES = /^pages\/.*[^a-z0-9-]/;

/** Looks only where the app's files may be: the folder may be a large one, or one without an end (`/proc`). */
async function pathsIn(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      if (error.code === 'ENOTDIR') throw new Error(`${join(folder, below)} is not a folder.`);
      throw error;
    },
  );
  const paths: string[] = [];
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const between = BETWEEN.test(path);
    if (!between && !OWN.test(path)) continue;
    // Through a link, a folder that came from elsewhere would have files outside it read or overwritten.
    if (entry.isSymbolicLink())
      throw new Error(`${join(folder, path)} is a link. Put the file itself there, or remove it.`);
    if (entry.isFile() && BESIDE_PAGES.test(path) && between) continue;
    if (between ? !entry.isDirectory() : !entry.isFile())
      throw new Error(`${join(folder, path)} is not a ${between ? 'folder' : 'file'}. Remove it.`);
    if (!between) paths.push(path);
    else if (path !== FOLDER_OF_PRINTS) paths.push(...(await pathsIn(folder, path)));
  }
  return paths;
}

export async function loadFolder(folder: string): Promise<Folder> {
  const files = new Map<string, string>();
  for (const path of await pathsIn(folder)) files.set(path, await readText(join(folder, path)));
  return files;
}

/** F5: notes that what the folder holds was taken over by this app, so that its next export may replace it. */
export async function notePrints(folder: string, files: Folder, app: KnownApp): Promise<void> {
  await putFiles(folder, new Map([...printsOf(files), ...(await knownApps(folder, app))]));
}

/**
 * Makes the folder hold exactly these files of the app. Says how many there are. What was there stays until all are
 * written: a disk that is full, or a file that may not be, leaves the folder as it was. F5: a file that somebody changed
 * since it was exported or imported, and those of another app, are replaced or removed only with `replace`.
 */
export async function replaceFolder(
  folder: string,
  files: Folder,
  app: KnownApp,
  replace = false,
): Promise<number> {
  for (const path of files.keys()) {
    if (!OWN.test(path)) throw new Error(`The app has a file that does not belong in its folder: ${path}`);
  }
  const before = await pathsIn(folder);
  const changed = replace ? [] : await changedIn(folder, before, files);
  // A name that a person changed there is named among what is changed.
  const other = replace || changed.includes('app.yaml') ? undefined : await otherIn(folder, files, app);
  if (other !== undefined)
    throw new Error(
      `Nothing was written. ${folder} holds ${other}. Export into another folder. If it is the same app, which was renamed, or is to be replaced, give --replace.${changed.length === 0 ? '' : ` These are not as they were last exported or imported, and would be replaced too:${listed(changed)}`}`,
    );
  if (changed.length > 0)
    throw new Error(
      `Nothing was written. In ${folder} these are not as they were last exported or imported, and what was changed in them would be lost:${listed(changed)}\nImport the folder first, or export into another one. To replace them all the same, give --replace.`,
    );
  const noted = await knownApps(folder, app, replace);
  const gone = before.filter((path) => !files.has(path));
  await putFiles(folder, new Map([...files, ...printsOf(files), ...noted]), gone);
  return files.size;
}

const listed = (paths: readonly string[]) => paths.map((path) => `\n  ${path}`).join('');

/** In words, the other app that a folder holds. Its files have no id of it: the name tells, and what was noted beside them. */
async function otherIn(folder: string, files: Folder, app: KnownApp): Promise<string | undefined> {
  const text = await readText(join(folder, 'app.yaml')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const [there, coming] = [text, files.get('app.yaml') ?? ''].map(nameIn);
  if (there !== coming) return `the app ${there}, and this is ${coming}`;
  return (await isOfAnother(folder, app)) ? `another app that is named ${there}` : undefined;
}

/** Those that are neither as the last export or import left them, nor as they are about to be. */
async function changedIn(folder: string, paths: readonly string[], files: Folder): Promise<string[]> {
  const known = await printedIn(folder);
  const changed: string[] = [];
  for (const path of paths) {
    // What cannot be read as text was not left by us.
    const now = await readText(join(folder, path)).catch(() => null);
    const line = now === null ? null : printLine(path, now);
    const next = files.get(path);
    if (line === null || !(known.has(line) || (next !== undefined && printLine(path, next) === line)))
      changed.push(path);
  }
  return changed.sort();
}

/** All of them, or none. `gone`: those that are no part of the app any more. */
async function putFiles(folder: string, files: Folder, gone: readonly string[] = []): Promise<void> {
  const drafts = new Map(
    [...files.keys()].map((path) => [path, join(folder, `${path}.${randomUUID()}.part`)]),
  );
  const stop = removedOnSignal([...drafts.values()]);
  try {
    for (const [path, draft] of drafts) {
      await makeFolder(dirname(draft));
      await writeFile(draft, files.get(path) ?? '');
    }
  } catch (error) {
    // A draft whose path the system refuses cannot be removed either; that error would hide the first one.
    for (const draft of drafts.values()) await rm(draft, { force: true }).catch(() => undefined);
    const at = (error as NodeJS.ErrnoException).path?.replace(/\.[0-9a-f-]{36}\.part$/, '');
    const { message } = fileFault(error, at) as Error;
    throw new Error(`${folder} cannot be written, and its files are as they were: ${message}`);
  } finally {
    stop();
  }
  // Synchronously, so that no signal is handled between two of them.
  for (const [path, draft] of drafts) renameSync(draft, join(folder, path));
  for (const path of gone) rmSync(join(folder, path));
}

/** Not Node's own recursion: that never ends where the parent is there and a child still cannot be, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  const there = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  if (await there(folder)) return;
  if (!(await there(dirname(folder)))) await makeFolder(dirname(folder));
  await mkdir(folder);
}
