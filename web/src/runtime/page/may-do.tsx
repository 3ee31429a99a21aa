import { Popover } from '@mantine/core';
import type { QuerySignature, ReleasedApp } from '@sallyport/contract';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { inOrder } from '../../lib/in-order.ts';
import { Time } from '../../ui/time.tsx';
import { MayDoButton } from './may-do-button.tsx';

const icon = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;

const NAMED = 4;

/** What the browser gives to a query, and whether the person is asked before. */
function takes(taken: QuerySignature['arguments'], confirm: string | null): string {
  const names = taken.slice(0, NAMED).map((argument) => argument.name);
  const more = taken.length > NAMED ? [`${taken.length - NAMED} more`] : [];
  const sends = names.length > 0 ? [`sends ${[...names, ...more].join(', ')}`] : [];
  return [...sends, ...(confirm === null ? [] : ['asks for confirmation'])].join('; ');
}

function Queries({
  title,
  queries,
  Icon,
}: {
  readonly title: string;
  readonly queries: readonly [string, QuerySignature][];
  readonly Icon: typeof IconEye;
}) {
  if (queries.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {queries.map(([name, { arguments: taken, confirm }]) => (
          <li key={name}>
            <Icon {...icon} />
            <span className="sp-grow">
              <span className="sp-mono">{name}</span>
              <span className="sp-t3 sp-sm rt-may-sends">{takes(taken, confirm)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Everything that this release can do, by name: the browser can ask for these queries and for nothing else. */
export function MayDo({ released }: { readonly released: ReleasedApp }) {
  const [opened, setOpened] = useState(false);
  const all = Object.entries(released.queries).sort(([a], [b]) => inOrder(a, b));
  const reads = all.filter(([, query]) => query.effect === 'read');
  const writes = all.filter(([, query]) => query.effect !== 'read');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} trapFocus returnFocus>
      <Popover.Target>
        <MayDoButton aria-expanded={opened} onClick={() => setOpened(!opened)} />
      </Popover.Target>
      <Popover.Dropdown aria-label="What this app can do">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <div className="rt-may-list" tabIndex={0}>
          <p className="sp-m">
            {all.length === 0
              ? 'This app does not use any data.'
              : `This app can only run ${all.length === 1 ? 'this query' : `these ${all.length} queries`}.`}
          </p>
          <p className="sp-t2 sp-sm">
            The server holds the credentials, checks every run, and records it under your name.
          </p>
          <Queries title="Reads" queries={reads} Icon={IconEye} />
          <Queries title="Changes data" queries={writes} Icon={IconPencil} />
          <p className="sp-t3 sp-sm" style={{ marginTop: 12 }}>
            Release {released.release.number}, published <Time at={released.release.publishedAt} />.{' '}
            <span className="sp-mono" title={released.release.hash}>
              {released.release.hash.slice(0, 12)}
            </span>
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
