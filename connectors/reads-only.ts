import { ConnectorError } from './port.ts';

/**
 * A function that a read calls was about to write, which its transaction stops. What it does inside was not known when the
 * query was saved, so that only its run can tell.
 */
export const readsOnly = ({ code, detail, cause }: ConnectorError): ConnectorError =>
  new ConnectorError(
    code,
    `${detail}. Call the function from a statement that writes, such as INSERT … SELECT, or from a procedure with CALL.`,
    { cause, plain: 'This query only reads, and a function that it calls changes something.' },
  );
