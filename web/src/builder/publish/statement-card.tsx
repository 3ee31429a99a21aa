import type { CompiledArgument, CompiledView, Plan } from '@sallyport/contract';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { figure } from '../../lib/number.ts';
import { EffectBadge } from '../../ui/effect-badge.tsx';
import { OriginBadge } from '../../ui/origin-badge.tsx';
import { HighlightedSql } from '../queries/highlighted-sql.tsx';
import { diffLines } from './diff-lines.ts';

type NewStatement = Plan['newStatements'][number];

/** One statement that a release newly issues, as a difference, with its arguments. */
export function StatementCard({
  change,
  compiled,
  current,
}: {
  readonly change: NewStatement;
  readonly compiled: CompiledView | undefined;
  readonly current: number | undefined;
}) {
  const Icon = change.effect === 'read' ? IconEye : IconPencil;
  const rows = compiled?.expectRows;
  const note =
    change.replaces !== null && current !== undefined
      ? `${change.replaces === change.statement ? 'Different values, limits or source' : 'Changed'} since release ${current}${rows ? `; changes ${rows}` : ''}`
      : rows
        ? `Changes ${rows}`
        : 'New';
  return (
    <article className="bd-st">
      <header>
        <Icon size={15} stroke={1.75} aria-hidden="true" />
        <span className="sp-mono sp-b">{change.query}</span>
        <EffectBadge effect={change.effect} />
        <span className="sp-end sp-t2 sp-sm">{note}</span>
      </header>
      <div className="bd-dif">
        {diffLines(change.replaces ?? '', change.statement)
          .filter((line) => change.replaces !== null || line.kind === 'added')
          .map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
            <div key={i} data-kind={line.kind}>
              <span>
                <HighlightedSql text={line.text} />
              </span>
            </div>
          ))}
      </div>
      {compiled && compiled.arguments.length > 0 && (
        <div className="bd-dif-args">
          {compiled.arguments.map((argument, i) => (
            <span key={argument.name} className="sp-row sp-g4">
              {compiled.language !== 'rest' && !argument.choices && (
                <span className="sp-mono bd-n">${i + 1}</span>
              )}
              {argument.origin === 'user' ? described(argument) : argument.expression}
              <OriginBadge origin={argument.origin} short />
            </span>
          ))}
        </div>
      )}
    </article>
  );
}

/** `text, at most 200`, `decimal, 0.01 to 500.00`. */
function described(argument: CompiledArgument): string {
  const { type, list, min, max, maxLength, choices } = argument;
  if (choices) return `${argument.name}: one of ${choices.join(', ')}`;
  const range =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : min !== undefined
        ? `at least ${min}`
        : max !== undefined
          ? `at most ${max}`
          : maxLength !== undefined
            ? `at most ${figure(maxLength)}`
            : '';
  return [`${argument.name} ${list ? 'list of ' : ''}${type}`, range].filter(Boolean).join(', ');
}
