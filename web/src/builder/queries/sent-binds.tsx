import type { CompiledView, SentBind } from '@sallyport/contract';
import { OriginBadge } from '../../ui/origin-badge.tsx';
import { shortValue } from '../inspector/short-value.ts';
import type { RunEntry } from '../live/run-log.ts';

interface Props {
  readonly binds: readonly SentBind[];
  readonly run: RunEntry;
  readonly compiled: CompiledView | undefined;
}

/** Which bind is which and whose. A value is shown where this browser sent it, and nowhere else. */
export function SentBinds({ binds, run, compiled }: Props) {
  if (binds.length === 0) return null;
  const mark = compiled?.language === 'mysql' ? '?' : '$';
  const values = (run.sent.arguments ?? {}) as Record<string, unknown>;
  const expressionOf = (name: string | null) =>
    compiled?.arguments.find((argument) => argument.name === name)?.expression ?? name ?? '';
  return (
    <ol className="bd-pre bd-binds" aria-label="Binds">
      {grouped(binds).map(({ bind, from, to }) => (
        <li key={from} className="sp-row sp-g6">
          <span className="bd-n">
            {mark}
            {from}
            {to > from && `–${to}`}
          </span>
          {bind.of === 'argument' ? (
            <span className="sp-cut" title={expressionOf(bind.name)}>
              {expressionOf(bind.name)}
              {bind.origin === 'user' && (
                <span className="bd-s"> = {shortValue(values[bind.name ?? ''], 60)}</span>
              )}
            </span>
          ) : (
            <span className="sp-t2 sp-cut">{partOf(bind)}</span>
          )}
          <OriginBadge origin={bind.origin} short />
        </li>
      ))}
    </ol>
  );
}

/** A list is many binds for an engine without arrays: they stand in one line. */
function grouped(binds: readonly SentBind[]) {
  const groups: { readonly bind: SentBind; readonly from: number; to: number }[] = [];
  binds.forEach((bind, i) => {
    const last = groups.at(-1);
    if (last?.bind.of === bind.of && last.bind.name === bind.name) last.to = i + 1;
    else groups.push({ bind, from: i + 1, to: i + 1 });
  });
  return groups;
}

function partOf({ of, name }: SentBind): string {
  const on = name === null ? '' : ` ${name}`;
  if (of === 'limit') return 'page size';
  if (of === 'offset') return 'rows to skip';
  if (of === 'position') return `where the page begins:${on}`;
  return of === 'search' ? `search${on && ` in${on}`}` : `filter on${on}`;
}
