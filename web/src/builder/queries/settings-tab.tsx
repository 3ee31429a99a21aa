import type { QueryDocument } from '@sallyport/contract';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder } from '../builder-context.ts';
import { freeId } from '../document/identifiers.ts';
import { AnswerHeaders } from './answer-headers.tsx';
import { compiledBy } from './check.ts';
import type { OpenQuery } from './panel-store.ts';
import { changeQuery, choiceField } from './query-commands.ts';
import { renameChoice } from './rename-choice.ts';
import { useSources } from './use-sources.ts';

/** When it runs, over which source, with which limits. */
export function SettingsTab({ name, query }: { readonly name: string; readonly query: OpenQuery }) {
  const builder = useBuilder();
  const sources = useSources();
  const { document } = query;
  const compiled = compiledBy(query.check);
  const effect = compiled?.effect;
  // Which tables such a function touches, nobody knows. Where they are known, it is the statement that writes.
  const called = document.kind === 'sql' && document.writes === true && compiled?.tables === null;
  const set = (part: object) => changeQuery(builder, name, { ...document, ...part } as QueryDocument);
  const id = (field: string) => `query-${field}`;
  const rest = document.kind === 'rest';
  return (
    <div className="bd-scroll">
      <div className="bd-grid">
        <label htmlFor={id('source')}>Source</label>
        <select
          id={id('source')}
          className="bd-input"
          value={document.source}
          onChange={(event) => {
            const source = sources.find((one) => one.slug === event.currentTarget.value);
            if (source) set({ source: source.slug });
          }}
        >
          {!sources.some((one) => one.slug === document.source) && <option>{document.source}</option>}
          {sources.map((source) => (
            // What is written for the one kind of source says nothing to the other, and would be lost.
            <option key={source.id} value={source.slug} disabled={(source.engine === 'rest') !== rest}>
              {source.name}
              {(source.engine === 'rest') !== rest && ': needs its own query'}
            </option>
          ))}
        </select>
        <label htmlFor={id('run')}>Runs</label>
        <select
          id={id('run')}
          className="bd-input"
          value={effect === 'write' || effect === 'schema' ? 'manual' : document.run}
          disabled={effect === 'write' || effect === 'schema'}
          onChange={(event) => set({ run: event.currentTarget.value })}
        >
          <option value="auto">On load, and when an argument changes</option>
          <option value="manual">
            {effect === 'write' ? 'On an event. Writes never run automatically.' : 'On an event'}
          </option>
        </select>
        {document.kind === 'sql' && (
          <>
            <label htmlFor={id('windowed')}>Server-side paging</label>
            <span className="sp-row">
              <input
                id={id('windowed')}
                type="checkbox"
                checked={document.windowed}
                disabled={effect === 'write' || effect === 'schema'}
                onChange={(event) => set({ windowed: event.currentTarget.checked })}
              />
              <span className="sp-t3 sp-sm">
                Tables page, sort, filter and search on the server. For reads only.
              </span>
            </span>
            {(effect === 'read' || document.writes) && (
              <>
                <label htmlFor={id('writes')}>A function changes data</label>
                <span className="sp-row">
                  <input
                    id={id('writes')}
                    type="checkbox"
                    checked={document.writes === true}
                    onChange={({ currentTarget: { checked } }) =>
                      set(checked ? { writes: true, run: 'manual', windowed: false } : { writes: undefined })
                    }
                  />
                  <span className="sp-t3 sp-sm">
                    {document.writes && compiled && !called
                      ? 'This statement writes by itself, and needs no such word.'
                      : 'A function that the SELECT calls writes. It runs as a write.'}
                  </span>
                </span>
              </>
            )}
          </>
        )}
        <label htmlFor={id('cap')}>Row cap</label>
        <WholeField
          id={id('cap')}
          value={document.maxRows}
          bounds={[1, 10_000_000]}
          onChange={(maxRows) => set({ maxRows })}
        />
        <label htmlFor={id('timeout')}>Timeout (ms)</label>
        <WholeField
          id={id('timeout')}
          value={document.timeoutMs}
          bounds={[100, 600_000]}
          onChange={(timeoutMs) => set({ timeoutMs })}
        />
        <label htmlFor={id('confirm')}>Confirmation message</label>
        <input
          id={id('confirm')}
          className="bd-input"
          maxLength={300}
          placeholder="Refund ticket {{ table1.selectedKey }}?"
          value={document.confirm ?? ''}
          onChange={(event) => set({ confirm: event.currentTarget.value || undefined })}
        />
        {document.kind === 'sql' && effect !== 'read' && !called && (
          <ExpectRows document={document} onChange={(expectRows) => set({ expectRows })} />
        )}
        {document.kind === 'rest' && (
          <>
            <label htmlFor={id('rows')}>Rows at</label>
            <input
              id={id('rows')}
              className="bd-input sp-mono"
              placeholder="data.items"
              value={document.rowsAt ?? ''}
              onChange={(event) => set({ rowsAt: event.currentTarget.value || undefined })}
            />
            <label htmlFor={id('error')}>Error at</label>
            <span>
              <input
                id={id('error')}
                className="bd-input sp-mono"
                placeholder="errors"
                aria-describedby={id('error-note')}
                value={document.errorAt ?? ''}
                onChange={(event) => set({ errorAt: event.currentTarget.value || undefined })}
              />
              <span id={id('error-note')} className="sp-t3 sp-sm" style={{ display: 'block' }}>
                For an API that answers 200 when it fails: what stands there fails the run.
              </span>
            </span>
            <label htmlFor={id('headers')}>Response headers</label>
            <AnswerHeaders
              id={id('headers')}
              query={name}
              names={document.answerHeaders ?? []}
              onChange={(answerHeaders) => set({ answerHeaders })}
            />
          </>
        )}
      </div>
      {document.kind === 'sql' && (
        <Choices choices={document.choices} onChange={(choices) => set({ choices })} />
      )}
    </div>
  );
}

/** A whole number within bounds. What is half typed stays in the field, which shows what holds when one leaves it. */
function WholeField({
  id,
  value,
  bounds: [least, most],
  onChange,
}: {
  readonly id: string;
  readonly value: number;
  readonly bounds: readonly [number, number];
  readonly onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      id={id}
      className="bd-input"
      inputMode="numeric"
      value={typed ?? value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        if (/^\d+$/.test(text)) onChange(Math.max(least, Math.min(most, Number(text))));
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}

type Sql = Extract<QueryDocument, { kind: 'sql' }>;

function ExpectRows({
  document,
  onChange,
}: {
  readonly document: Sql;
  readonly onChange: (expect: Sql['expectRows']) => void;
}) {
  const expect = document.expectRows;
  const kind = !expect ? 'any' : 'exactly' in expect ? 'exactly' : 'atMost';
  const count = !expect ? 1 : 'exactly' in expect ? expect.exactly : expect.atMost;
  const make = (of: string, n: number) =>
    onChange(of === 'any' ? undefined : of === 'exactly' ? { exactly: n } : { atMost: n });
  return (
    <>
      <label htmlFor="query-expect">May change</label>
      <span className="sp-row sp-g6">
        <select
          id="query-expect"
          className="bd-input"
          value={kind}
          onChange={(event) => make(event.currentTarget.value, count)}
        >
          <option value="any">Any number of rows</option>
          <option value="exactly">Exactly</option>
          <option value="atMost">At most</option>
        </select>
        {kind !== 'any' && (
          <input
            className="bd-input"
            style={{ width: 72 }}
            inputMode="numeric"
            aria-label="Number of rows it may change"
            value={count}
            onChange={(event) => make(kind, Number(event.currentTarget.value.replace(/\D/g, '') || 0))}
          />
        )}
      </span>
    </>
  );
}

/** Closed lists of engine text: the only way that a name or a keyword can vary (Q2). */
function Choices({
  choices,
  onChange,
}: {
  readonly choices: Sql['choices'];
  readonly onChange: (choices: Sql['choices']) => void;
}) {
  return (
    <div style={{ padding: '0 12px 12px', maxWidth: 640 }}>
      <div className="sp-row sp-sm sp-t2" style={{ marginBottom: 6 }}>
        <span className="sp-m">Choices</span>
        <span className="sp-t3">
          A {'{{ }}'} with this name stands for one text from this list, such as a column or a keyword. Enter
          one per line.
        </span>
        <Button
          size="xs"
          className="sp-end"
          icon={<IconPlus size={13} stroke={2} aria-hidden="true" />}
          onClick={() =>
            onChange({ ...choices, [freeId('choice', new Set(Object.keys(choices)))]: ['asc', 'desc'] })
          }
        >
          Add
        </Button>
      </div>
      <div className="bd-pairs">
        {Object.entries(choices).map(([name, list], index) => (
          <ChoicePair
            // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is typed here
            key={index}
            name={name}
            list={list}
            onRename={(next) => onChange(renameChoice(choices, name, next))}
            onList={(next) => onChange({ ...choices, [name]: next })}
            onRemove={() => {
              const { [name]: _removed, ...others } = choices;
              onChange(others);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** A name that another choice has stays in the field, and is not taken: the list of that one would be gone. */
function ChoicePair({
  name,
  list,
  onRename,
  onList,
  onRemove,
}: {
  readonly name: string;
  readonly list: readonly string[];
  readonly onRename: (name: string) => void;
  readonly onList: (list: string[]) => void;
  readonly onRemove: () => void;
}) {
  const [typed, setTyped] = useState<string>();
  const taken = typed !== undefined && typed !== name;
  const note = useId();
  return (
    <div className="bd-pair">
      <input
        className="bd-input sp-mono"
        aria-label="Choice name"
        aria-invalid={taken || undefined}
        aria-describedby={taken ? note : undefined}
        value={typed ?? name}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onRename(event.currentTarget.value);
        }}
        onBlur={() => setTyped(undefined)}
      />
      <textarea
        id={choiceField(name)}
        className="bd-input sp-mono"
        aria-label={`Texts of ${name}, one per line`}
        rows={Math.min(8, Math.max(2, list.length))}
        value={list.join('\n')}
        onChange={(event) => onList(event.currentTarget.value.split('\n'))}
        onBlur={() => onList(list.map((t) => t.trim()).filter(Boolean))}
      />
      <IconButton
        small
        label={`Remove ${name}`}
        icon={<IconX size={13} stroke={2} aria-hidden="true" />}
        onClick={onRemove}
      />
      {taken && (
        <p id={note} className="sp-hint sp-bad" style={{ gridColumn: '1 / -1' }}>
          This name is already used by another choice.
        </p>
      )}
    </div>
  );
}
