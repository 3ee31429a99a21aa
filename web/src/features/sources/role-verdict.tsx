import type { SourceEnvironmentView } from '@sallyport/contract';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { privilegesOf } from './source-rows.ts';

/** Whether the role can do more than the mode needs, in a word. */
export function RoleVerdict({ place }: { readonly place: SourceEnvironmentView }) {
  if (place.settings.engine === 'rest') return <span className="sp-t3">Set by the API</span>;
  const verdict = privilegesOf(place);
  if (verdict === 'unknown') return <span className="sp-t3">Not known</span>;
  if (verdict === 'expected') {
    return (
      <span className="sp-ok sp-row sp-g4">
        <IconCheck size={14} stroke={2} aria-hidden="true" />
        As expected
      </span>
    );
  }
  return (
    <span className="sp-warn sp-row sp-g4 sp-m">
      <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />
      Can do more
    </span>
  );
}
