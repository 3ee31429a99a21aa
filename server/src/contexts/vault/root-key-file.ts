import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Secret } from '../../kernel/secret.ts';
import { CannotStart } from '../../platform/lifecycle/cannot-start.ts';
import { parseRootKey } from './root-key-text.ts';

/** The key in the file; `undefined` when there is no file. Refuses one that another user owns or may read. */
export async function readRootKeyFile(path: string): Promise<Secret<Buffer> | undefined> {
  // Of a pipe, a plain open waits for somebody to write into it, and no signal ends that.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new CannotStart(
        `The root key file ${path} cannot be read (${error.code}). Give it to the user that runs Sallyport, with mode 600.`,
        { cause: error },
      );
    },
  );
  if (file === undefined) return undefined;
  try {
    const stat = await file.stat();
    if (!stat.isFile())
      throw new CannotStart(
        `The root key file ${path} is not a file, but a directory, a pipe or a device. Put the key itself there.`,
      );
    const { mode, uid } = stat;
    // Root can read, and could have been given, the file of anybody.
    if (process.getuid !== undefined && uid !== process.getuid() && uid !== 0)
      throw new CannotStart(
        `The root key file ${path} belongs to another user (${uid}), who can read and replace it. Run Sallyport as that user. If it is always to run as this one, run: chown ${process.getuid()} ${path}`,
      );
    if ((mode & 0o077) !== 0) {
      throw new CannotStart(`The root key file ${path} can be read by others. Run: chmod 600 ${path}`);
    }
    return parseRootKey(new Secret(await file.readFile('utf8')), `The root key file ${path}`);
  } finally {
    await file.close();
  }
}

/** Makes a new key, on the disk before this resolves. Never replaces a file: of two that start at once, one's key stays. */
export async function createRootKeyFile(path: string): Promise<Secret<Buffer>> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    try {
      await file.writeFile(`${randomBytes(32).toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
  const key = await readRootKeyFile(path);
  if (key === undefined) throw new CannotStart(`The root key file ${path} vanished while it was made.`);
  return key;
}
