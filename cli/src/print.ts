/** What the person asked for: to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What the person should know beside it: to standard error, out of the way of a pipe. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
