import { IconCheck, IconX } from '@tabler/icons-react';
import { beginningOf } from '../../../lib/beginning-of.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { Column } from './column-model.ts';
import { formatCell, linkOf } from './format-cell.ts';

/** One value in its column's format. Text is text: nothing in a value becomes markup. */
export function TableCell({
  value,
  column,
  link,
}: {
  readonly value: unknown;
  readonly column: Column;
  readonly link?: boolean;
}) {
  if (value === null || value === undefined) return <span className="sp-t3">—</span>;
  // No value and an empty text are two things, to a filter and to whoever mends data.
  if (value === '')
    return (
      <span className="sp-t3" title="Empty text">
        “”
      </span>
    );
  const { text, title } = formatCell(value, column);
  switch (column.kind) {
    case 'boolean':
      if (text !== 'Yes' && text !== 'No') return <span title={text}>{text}</span>;
      return text === 'Yes' ? (
        <IconCheck size={15} stroke={2} className="sp-ok" role="img" aria-label="Yes" />
      ) : (
        // Not a dash, which says that there is no value.
        <IconX size={15} stroke={2} className="sp-t3" role="img" aria-label="No" />
      );
    case 'tag':
      return (
        <Badge>
          <span className="sp-cut">{text}</span>
        </Badge>
      );
    case 'json':
      return (
        <span className="sp-mono" title={text}>
          {beginningOf(text, 500)}
        </span>
      );
    case 'link': {
      const address = link === true ? linkOf(value) : null;
      return address === null ? (
        text
      ) : (
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          tabIndex={-1}
          onClick={(event) => event.stopPropagation()}
        >
          {text}
        </a>
      );
    }
    default:
      return <span title={title ?? text}>{text.length > 1_000 ? `${beginningOf(text, 1_000)}…` : text}</span>;
  }
}
