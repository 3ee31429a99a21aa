import { IconArrowRight, IconCheck } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';
import { useBinding } from '../live/use-live.ts';
import { fixOf } from './fix-of.ts';
import { describeValue } from './short-value.ts';

interface LiveLineProps {
  readonly binding: string;
  readonly text: string;
  readonly onFix: (text: string) => void;
}

/** Below an expression: its type and live value, or what is wrong and a fix. */
export function LiveLine({ binding, text, onFix }: LiveLineProps) {
  const outcome = useBinding(binding);
  if (!outcome) return null;
  if ('error' in outcome) {
    const fix = fixOf(outcome.error, text);
    return (
      <div className="bd-lv bd-lv-bad" role="status">
        <span className="sp-grow">{outcome.error}</span>
        {fix && (
          <Button size="xs" onClick={() => onFix(fix.text)}>
            Use {fix.name}
          </Button>
        )}
      </div>
    );
  }
  const { type, text: said } = describeValue(outcome.value);
  return (
    <div className="bd-lv" title={said}>
      <IconArrowRight size={12} stroke={2} aria-hidden="true" />
      <span className="sp-mono">{type}</span>
      <span className="sp-mono">{said}</span>
      <span className="sp-end sp-ok sp-row sp-g4 sp-nw">
        <IconCheck size={12} stroke={2} aria-hidden="true" />
        live
      </span>
    </div>
  );
}
