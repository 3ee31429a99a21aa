import type { Command } from 'commander';
import type { Connection } from './client.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
}

/** Adds the options that say which server, and as whom. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <address>', 'the server’s address (default: SALLYPORT_URL)')
    .option(
      '--token <token>',
      'your API token (default: SALLYPORT_TOKEN, which other users of this machine cannot see)',
    );
}

/** Which server, and as whom; throws a sentence when that is not said. A token is sent over TLS or to this machine only. */
export function connectionOf(options: ConnectionOptions, env: NodeJS.ProcessEnv = process.env): Connection {
  const text = options.url ?? env.SALLYPORT_URL;
  const token = (options.token ?? env.SALLYPORT_TOKEN)?.trim();
  if (text === undefined || text === '') throw new Error('Which server? Set SALLYPORT_URL or pass --url.');
  if (token === undefined || token === '')
    throw new Error(
      'No API token. Set SALLYPORT_TOKEN or pass --token; make one under Account → API tokens.',
    );
  // Here and without showing it: the sentence of a header that cannot be sent would hold the whole token.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Error(
      'The token contains a space, a line break or another character that no token has. Copy it again.',
    );
  if (!URL.canParse(text)) throw new Error(`${text} is not a URL.`);
  const url = new URL(text);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new Error(
      'The address must start with https:// (or be http:// on this machine), because a token is a secret.',
    );
  }
  return { url: url.origin, token };
}
