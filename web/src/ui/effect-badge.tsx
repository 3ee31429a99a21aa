import { IconEye, IconPencil, IconTable } from '@tabler/icons-react';
import { Badge } from './badge.tsx';

export type Effect = 'read' | 'write' | 'schema';

/** What a statement does: reads grey, writes amber, changes to the schema red. */
export function EffectBadge({ effect }: { readonly effect: Effect }) {
  const icon = { size: 12, stroke: 2, 'aria-hidden': true } as const;
  if (effect === 'read') return <Badge icon={<IconEye {...icon} />}>Read</Badge>;
  if (effect === 'write') {
    return (
      <Badge tone="warn" icon={<IconPencil {...icon} />}>
        Write
      </Badge>
    );
  }
  return (
    <Badge tone="bad" icon={<IconTable {...icon} />}>
      Schema
    </Badge>
  );
}
