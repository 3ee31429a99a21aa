/** Messages of the extended protocol, as bytes. https://www.postgresql.org/docs/current/protocol-message-formats.html */

export const SYNC: Buffer = message('S', []);

export function parse(name: string, text: string): Buffer {
  return message('P', [zeroed(name), zeroed(text), int16(0)]);
}

/** To the unnamed portal; all values as text, all results as text. */
export function bind(statement: string, values: readonly (string | null)[]): Buffer {
  const parts = [zeroed(''), zeroed(statement), int16(0), int16(values.length)];
  for (const value of values) {
    if (value === null) parts.push(int32(-1));
    else {
      const bytes = Buffer.from(value);
      parts.push(int32(bytes.length), bytes);
    }
  }
  parts.push(int16(0));
  return message('B', parts);
}

export function describeStatement(name: string): Buffer {
  return message('D', [Buffer.from('S'), zeroed(name)]);
}

export const DESCRIBE_PORTAL: Buffer = message('D', [Buffer.from('P'), zeroed('')]);

/** The unnamed portal, to its end. */
export const EXECUTE: Buffer = message('E', [zeroed(''), int32(0)]);

function message(code: string, parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  return Buffer.concat([Buffer.from(code), int32(length), ...parts], length + 1);
}

function zeroed(text: string): Buffer {
  if (text.includes('\0')) throw new TypeError('a text with a zero cannot be sent');
  return Buffer.from(`${text}\0`);
}

function int16(n: number): Buffer {
  const bytes = Buffer.allocUnsafe(2);
  bytes.writeUInt16BE(n);
  return bytes;
}

function int32(n: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(n);
  return bytes;
}
