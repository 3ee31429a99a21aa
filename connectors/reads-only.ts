import { ConnectorError } from './port.ts';

/**
 * A function that a read calls was about to write, which its transaction stops. What it does inside was not known when the
 * query was saved, so that only its run can tell.
 */
export const readsOnly = ({ code, detail, cause }: ConnectorError): ConnectorError =>
  new ConnectorError(
    code,
    // MySQL ends its sentence with a point, and the others do not.
    `${detail?.replace(/\.$/, '')}. If the query is to write, say so in its settings: “A function changes data”.`,
    { cause, plain: 'This query only reads, and a function that it calls changes something.' },
  );
