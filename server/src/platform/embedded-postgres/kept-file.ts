import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The text of a private file; made by `first` and durable before it is used, when there is none. */
export function keptFile(path: string, first: () => string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = first();
  replaceFile(path, text);
  return text;
}

export function replaceFile(path: string, text: string): void {
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', 0o600);
  writeFileSync(file, `${text}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}
