import type { Command } from 'commander';
import type { Connection } from './client.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
}

/** Adds the options that say which server, and as whom. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <address>', 'the server’s address (or SALLYPORT_URL)')
    .option(
      '--token <token>',
      'your API token (or SALLYPORT_TOKEN, which other users of this machine cannot see)',
    );
}

/** Which server, and as whom; throws a sentence when that is not said. A token is sent over TLS or to this machine only. */
export function connectionOf(options: ConnectionOptions, env: NodeJS.ProcessEnv = process.env): Connection {
  const text = options.url ?? env.SALLYPORT_URL;
  const token = (options.token ?? env.SALLYPORT_TOKEN)?.trim();
  if (text === undefined || text === '') throw new Error('Say which server: --url or SALLYPORT_URL.');
  if (token === undefined || token === '') throw new Error('Say as whom: --token or SALLYPORT_TOKEN.');
  // Here and without showing it: the sentence of a header that cannot be sent would hold the whole token.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Error(
      'The token holds a space, a line end or another character that no token has. Copy it again.',
    );
  if (!URL.canParse(text)) throw new Error(`${text} is no address.`);
  const url = new URL(text);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new Error(
      'The address must begin with https:// (or be http:// on this machine): a token is a secret.',
    );
  }
  return { url: url.origin, token };
}
