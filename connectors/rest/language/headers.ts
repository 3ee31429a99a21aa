import type { RestQuery } from '@sallyport/contract';
import { Uncompilable } from '../../language.ts';
import { isJsonType } from '../read-body.ts';

/** They belong to the connection, to the source's authentication, or to the body; or they make another method of GET. */
const RESERVED =
  /^(host|connection|content-length|content-type|accept-encoding|transfer-encoding|te|trailer|upgrade|expect|keep-alive|authorization|cookie|cookie2|via|forwarded|x-forwarded-.*|proxy-.*|http2-settings|x-http-method|x-http-method-override|x-method-override)$/;

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** A type with its parameters, and nothing behind it. */
const TYPE = /^[\w.+/-]+(?:; ?[\w-]+="?[\w.:/#-]+"?)*$/;

/** Refuses header names that a query cannot set, and fixed values that no header can hold. */
export function checkHeaders({ headers, body }: Pick<RestQuery, 'headers' | 'body'>): void {
  let typed = false;
  headers.forEach(({ name, value }, i) => {
    const refuse = (field: 'name' | 'value', message: string): never => {
      throw new Uncompilable({ path: `headers.${i}.${field}`, message });
    };
    if (!HEADER_NAME.test(name)) refuse('name', 'This is not a valid header name.');
    if (name.toLowerCase() === 'content-type' && body !== undefined && 'json' in body && !typed) {
      if (value === 'application/json' || !isJsonType(value) || !TYPE.test(value))
        refuse(
          'value',
          'A JSON body is application/json, unless this names another type of JSON, such as application/merge-patch+json.',
        );
      typed = true;
      return;
    }
    if (RESERVED.test(name.toLowerCase())) {
      refuse(
        'name',
        `“${name}” is set by Sallyport: by the source’s address and authentication, by the method, or by the body.`,
      );
    }
    if (!isHeaderText(value))
      refuse('value', 'A header cannot contain line breaks or other control characters.');
  });
}

/** What the connection, its end and who is asked are told by; a cookie or a token in one would be a credential of the source's. */
const UNTOLD =
  /^(?:set-cookie2?|authorization|authentication-info|www-authenticate|proxy-.*|connection|transfer-encoding|keep-alive|trailer|upgrade)$/;

/** Refuses what is no name of a header, and what an answer says to Sallyport alone. Gives the names in small letters, each once. */
export function checkAnswerHeaders(names: readonly string[]): string[] {
  const small = names.map((name) => name.toLowerCase());
  small.forEach((name, i) => {
    const refuse = (message: string): never => {
      throw new Uncompilable({ path: `answerHeaders.${i}`, message });
    };
    if (!HEADER_NAME.test(name)) refuse(`“${names[i]}” is not a valid header name.`);
    if (UNTOLD.test(name)) refuse(`“${names[i]}” may hold a credential, or is about the connection alone.`);
  });
  return [...new Set(small)];
}

/** RFC 9110, section 5.5: visible characters, space and tab; nothing past one byte. */
export const isHeaderText = (text: string): boolean => !/[^\t -~\u00a0-\u00ff]/.test(text);
