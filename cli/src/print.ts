// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal obeys
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Control characters, and those that turn the direction of writing, as `\u{1b}`: a statement under review or a name
 * must not be able to hide a line of what is printed.
 */
export function visible(text: string): string {
  return text.replace(OBEYED, (one) => `\\u{${one.charCodeAt(0).toString(16)}}`);
}

/** What the person asked for: to standard output. */
export function print(line: string): void {
  process.stdout.write(`${visible(line)}\n`);
}

/** What the person should know beside it: to standard error, out of the way of a pipe. */
export function tell(line: string): void {
  process.stderr.write(`${visible(line)}\n`);
}
