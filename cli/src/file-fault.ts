/** What keeps a file from being read or written, and what to do about it, by the system's code. */
const SENTENCES: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no ${path}. Check the path; a folder to write into has to be there.`,
  ENOTDIR: (path) => `A part of the path ${path} is a file where a folder should be. Check the path.`,
  EISDIR: (path) => `${path} is a folder. Name a file.`,
  EACCES: (path) => `You may not read or write ${path}. Ask its owner, or name another place.`,
  EPERM: (path) => `You may not read or write ${path}. Ask its owner, or name another place.`,
  EROFS: (path) => `${path} is where nothing can be written. Name another place.`,
  ENOSPC: (path) => `There is no room for ${path}. Make room and try again.`,
  EDQUOT: (path) => `There is no room for you for ${path}. Make room and try again.`,
  EFBIG: (path) => `${path} grew larger than a file may be there. Name another place.`,
  ENAMETOOLONG: (path) => `The path ${path} is too long. Choose a shorter one.`,
  ELOOP: (path) => `${path} is a link that leads in a circle. Name the file itself.`,
  EMFILE: (path) => `Too many files are open for ${path}. Raise the limit (ulimit -n) and try again.`,
  ENFILE: (path) => `Too many files are open on this machine for ${path}. Try again later.`,
  EPIPE: (path) => `Whoever read from ${path} has left before it was whole.`,
  EIO: (path) => `The disk failed at ${path}. Look at the system’s log, and name another place.`,
};

/**
 * An error of the file system as one whose message is a sentence that says what to do, with its code; another as it is. `path` is
 * what the person gave, where the system names another (a draft beside it).
 */
export function fileFault(error: unknown, path?: string): unknown {
  const { code = '', path: named } = error as NodeJS.ErrnoException;
  const sentence = SENTENCES[code];
  const of = path ?? named;
  if (sentence === undefined || of === undefined) return error;
  return Object.assign(new Error(`${sentence(of)} (${code})`, { cause: error }), { code });
}
