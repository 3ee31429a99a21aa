import type { AuditRecord } from '@sallyport/contract';
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';

const words = { allowed: 'Allowed', refused: 'Refused', failed: 'Failed' } as const;
const icons = { allowed: IconCheck, refused: IconBan, failed: IconAlertTriangle } as const;
const tones = { allowed: 'sp-ok', refused: 'sp-bad sp-m', failed: 'sp-warn sp-m' } as const;

/** How a recorded action ended. */
export function Outcome({ outcome }: { readonly outcome: AuditRecord['outcome'] }) {
  const Icon = icons[outcome];
  return (
    <span className={`${tones[outcome]} sp-row sp-g4`}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {words[outcome]}
    </span>
  );
}
