import type { RestQuery } from '@sallyport/contract';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { FieldEditor } from '../code/field-editor.tsx';
import { useRowFocus } from '../inspector/use-row-focus.ts';

type Pair = RestQuery['query'][number];

/** Of a text around an expression, there is nothing to repeat. */
const IS_EXPRESSION = /^\{\{.*\}\}$/s;
const EACH = 'Sends the name once for each item of the list';

interface PairListProps {
  readonly title: string;
  readonly pairs: readonly Pair[];
  /** A name may be sent several times, once for each item of a list. */
  readonly repeats?: boolean;
  readonly onChange: (pairs: Pair[]) => void;
}

/** Names with values; a value may have holes. */
export function PairList({ title, pairs, repeats = false, onChange }: PairListProps) {
  const replace = (index: number, pair: Pair | undefined) =>
    onChange(pairs.flatMap((old, i) => (i === index ? (pair ? [pair] : []) : [old])));
  /** A pair that was asked for and is not drawn yet: its name is what is typed next. */
  const asked = useRef<number>(undefined);
  const { rows, add, goOn } = useRowFocus();
  return (
    <div>
      <h4>
        {title}
        <span className="sp-end">
          <IconButton
            small
            ref={add}
            label={`Add to ${title.toLowerCase()}`}
            icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
            onClick={() => {
              asked.current = pairs.length;
              onChange([...pairs, { name: 'name', value: '' }]);
            }}
          />
        </span>
      </h4>
      <div className="bd-pairs" ref={rows}>
        {pairs.map((pair, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is typed here
          <div key={index} className={repeats ? 'bd-pair bd-pair-each' : 'bd-pair'} data-row>
            <input
              ref={(input) => {
                if (input === null || asked.current !== index) return;
                asked.current = undefined;
                input.select();
              }}
              className="bd-input sp-mono"
              aria-label={`Name ${index + 1} of ${title.toLowerCase()}`}
              value={pair.name}
              onChange={(event) => replace(index, { ...pair, name: event.currentTarget.value })}
            />
            <FieldEditor
              label={`Value ${index + 1} of ${title.toLowerCase()}`}
              value={pair.value}
              onChange={(value) => replace(index, { ...pair, value })}
            />
            {repeats && !(pair.each || IS_EXPRESSION.test(pair.value)) && <span />}
            {repeats && (pair.each || IS_EXPRESSION.test(pair.value)) && (
              <label className="sp-row sp-g4 sp-xs sp-t2" title={EACH}>
                <input
                  type="checkbox"
                  aria-label={`Once for each item, ${index + 1} of ${title.toLowerCase()}`}
                  checked={pair.each === true}
                  onChange={(event) => {
                    const { each: _before, ...once } = pair;
                    replace(index, event.currentTarget.checked ? { ...once, each: true } : once);
                  }}
                />
                each
              </label>
            )}
            <IconButton
              small
              label={`Remove ${pair.name}`}
              data-act="remove"
              icon={<IconX size={13} stroke={2} aria-hidden="true" />}
              onClick={() => {
                goOn(index, '[data-act="remove"]');
                replace(index, undefined);
              }}
            />
          </div>
        ))}
      </div>
    </div>
  );
}
