const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Control characters, and what is past one byte, such as the quotes or the invisible space that was copied with a token. */
const UNSENDABLE = /[^\t -~\u00a0-\u00ff]/;
const OF_THE_CONNECTION =
  /^(?:host|connection|content-length|transfer-encoding|upgrade|expect|te|trailer|keep-alive|accept-encoding)$/i;
const OF_ANOTHER_METHOD = /^x-(?:http-method|http-method-override|method-override)$/i;
const OF_A_CREDENTIAL = /^(?:authorization|proxy-authorization|cookie)$/i;

/** RFC 9110, 5.1 and 5.5: what HTTP allows as the name and as the value of a header. */
export const isHeaderName = (text: string): boolean => TOKEN.test(text);
export const isHeaderValue = (text: string): boolean => !UNSENDABLE.test(text);

/** Of a value that is none: what was pasted may show no difference. */
export const NO_HEADER_VALUE =
  'This has a line break or a character that HTTP does not allow. It may be invisible.';

/** Set by the connection itself: another `host` would ask another site than the address that the egress guard judged. */
export const belongsToConnection = (name: string): boolean => OF_THE_CONNECTION.test(name);
/** Has an API take a GET, which is a read here, for another method. */
export const changesMethod = (name: string): boolean => OF_ANOTHER_METHOD.test(name);
/** Holds a credential, which is sealed; a header of the settings is not. */
export const holdsCredential = (name: string): boolean => OF_A_CREDENTIAL.test(name);
