import { Fragment, type ReactNode } from 'react';

/** Facts: a name and a value on each line; a line whose value is undefined is left out. */
export function DefinitionList({
  items,
}: {
  readonly items: readonly (readonly [string, ReactNode | undefined])[];
}) {
  return (
    <dl className="sp-dl">
      {items
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
