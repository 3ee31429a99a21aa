import {
  type ArgumentSettings,
  type CompiledArgument,
  type QueryDocument,
  ValueType,
} from '@sallyport/contract';
import { useEffect, useState } from 'react';
import type { Settled } from '../../runtime/sandbox/messages.ts';
import { OriginBadge } from '../../ui/origin-badge.tsx';
import { useBuilder } from '../builder-context.ts';
import { referencesOf } from '../document/references.ts';
import { shortValue } from '../inspector/short-value.ts';
import { useSession } from '../live/live-context.tsx';
import { compiledBy } from './check.ts';
import { placeInDocument } from './diagnostics-of.ts';
import type { OpenQuery } from './panel-store.ts';
import { changeQuery } from './query-commands.ts';
import { argumentValue } from './run-query.ts';

/** Each argument: where it comes from, its type and limits, and the value for the next run by hand. */
export function ArgumentsTab({ name, query }: { readonly name: string; readonly query: OpenQuery }) {
  const refused = query.check?.state === 'refused' ? query.check : undefined;
  const list = (compiledBy(query.check) ?? refused?.before)?.arguments ?? [];
  if (refused && list.length === 0) {
    return (
      <p className="bd-none" style={{ padding: 12 }}>
        Arguments and their types appear when the query compiles.
      </p>
    );
  }
  if (list.length === 0) {
    return (
      <p className="bd-none" style={{ padding: 12 }}>
        No arguments. Write {'{{ an expression }}'} where you need a value. It is bound as a typed value,
        never as text.
      </p>
    );
  }
  return (
    <div className="bd-scroll">
      <table className="bd-args">
        <thead>
          <tr>
            <th>Argument</th>
            <th>Origin</th>
            <th>Type</th>
            <th>Null</th>
            <th>Limits</th>
            <th style={{ width: '24%' }}>Test value</th>
          </tr>
        </thead>
        <tbody>
          {list.map((argument) => (
            <ArgumentRow
              key={argument.name}
              name={name}
              query={query}
              argument={argument}
              problem={
                refused?.places.find(({ path = '' }) =>
                  `${placeInDocument(path)}.`.startsWith(`arguments.${argument.name}.`),
                )?.message
              }
            />
          ))}
        </tbody>
      </table>
      {refused && (
        <p className="bd-none" style={{ padding: 12 }}>
          The query does not compile. These are its arguments of the last time that it did.
        </p>
      )}
    </div>
  );
}

function ArgumentRow({
  name,
  query,
  argument,
  problem,
}: {
  readonly name: string;
  readonly query: OpenQuery;
  readonly argument: CompiledArgument;
  /** Why the server does not take what is set here. */
  readonly problem: string | undefined;
}) {
  const builder = useBuilder();
  const settings = query.document.arguments[argument.name] ?? {};
  const set = (part: ArgumentSettings) => {
    const merged = Object.fromEntries(
      Object.entries({ ...settings, ...part }).filter(([, value]) => value !== undefined && value !== ''),
    );
    const { [argument.name]: _old, ...others } = query.document.arguments;
    const next = Object.keys(merged).length === 0 ? others : { ...others, [argument.name]: merged };
    changeQuery(builder, name, { ...query.document, arguments: next } as QueryDocument);
  };
  const label = (what: string) => `${what} of ${argument.name}`;
  return (
    <tr>
      <td>
        <span className="sp-mono">{argument.name}</span>
        {argument.expression !== argument.name && (
          <span className="sp-mono sp-t3 sp-xs" style={{ display: 'block' }}>
            {argument.expression}
          </span>
        )}
      </td>
      <td>
        <OriginBadge origin={argument.origin} short />
      </td>
      <td>
        {argument.choices ? (
          <span className="sp-t2">one of {argument.choices.join(', ')}</span>
        ) : (
          <select
            className="bd-input"
            style={{ width: 104 }}
            aria-label={label('Type')}
            value={settings.type ?? argument.type}
            onChange={(event) => set({ type: event.currentTarget.value as ArgumentSettings['type'] })}
          >
            {ValueType.options.map((type) => (
              <option key={type} value={type}>
                {type}
                {argument.list && type === argument.type ? ', list' : ''}
              </option>
            ))}
          </select>
        )}
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={label('Nullable')}
          checked={settings.nullable ?? argument.nullable}
          disabled={argument.choices !== undefined}
          onChange={(event) => set({ nullable: event.currentTarget.checked })}
        />
      </td>
      <td>
        <Limits argument={argument} settings={settings} set={set} />
        {problem && (
          <span role="alert" className="sp-bad sp-xs" style={{ display: 'block' }}>
            {problem}
          </span>
        )}
      </td>
      <td>
        {argument.origin === 'user' ? (
          <ByHand name={name} query={query} argument={argument} />
        ) : (
          <span className="sp-t3">
            {argument.origin === 'identity' ? 'from your account, set by the server' : 'set by the server'}
          </span>
        )}
      </td>
    </tr>
  );
}

function Limits({
  argument,
  settings,
  set,
}: {
  readonly argument: CompiledArgument;
  readonly settings: ArgumentSettings;
  readonly set: (part: ArgumentSettings) => void;
}) {
  const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : undefined);
  const box = (key: 'min' | 'max' | 'maxLength' | 'maxItems', placeholder: string) => (
    <input
      key={key}
      className="bd-input"
      style={{ width: 78 }}
      aria-label={`${placeholder} of ${argument.name}`}
      placeholder={placeholder}
      value={settings[key] ?? ''}
      onChange={(event) => {
        const text = event.currentTarget.value.trim();
        set({ [key]: key === 'min' || key === 'max' ? text || undefined : whole(text) });
      }}
    />
  );
  const type = settings.type ?? argument.type;
  const ranged = ['integer', 'decimal', 'date', 'timestamp'].includes(type);
  // What is set stays in sight where another type was chosen since, which takes no such limit.
  const has = (key: 'min' | 'max' | 'maxLength') => settings[key] !== undefined;
  return (
    <span className="bd-limits">
      {argument.list && box('maxItems', 'items')}
      {((type === 'text' && !argument.choices) || has('maxLength')) && box('maxLength', 'length')}
      {(ranged || has('min') || has('max')) && [box('min', 'from'), box('max', 'to')]}
    </span>
  );
}

function ByHand({
  name,
  query,
  argument,
}: {
  readonly name: string;
  readonly query: OpenQuery;
  readonly argument: CompiledArgument;
}) {
  const builder = useBuilder();
  const typed = query.byHand[argument.name];
  const session = useSession();
  const [live, setLive] = useState<Settled>();
  useEffect(() => {
    let gone = false;
    const evaluate = () =>
      void argumentValue(builder, argument, typed).then((found) => !gone && setLive(found));
    evaluate();
    // A query that does not run by itself has no binding to follow: what its expression reads is followed.
    const read = referencesOf(argument.expression).flatMap(({ name }) => [`c:${name}`, `q:${name}`]);
    const stops = ['variables', ...read].map((key) => session?.store.subscribe(key, evaluate));
    return () => {
      gone = true;
      for (const stop of stops) stop?.();
    };
  }, [builder, session, argument, typed]);
  const placeholder = live && 'value' in live ? `${shortValue(live.value)} (live)` : 'no live value';
  const set = (text: string) => {
    const { [argument.name]: _old, ...others } = query.byHand;
    builder.panel
      .getState()
      .change(name, { byHand: text === '' ? others : { ...others, [argument.name]: text } });
  };
  return (
    <>
      <input
        className="bd-input sp-mono"
        aria-label={`Value of ${argument.name}`}
        placeholder={placeholder}
        value={typed ?? ''}
        onChange={(event) => set(event.currentTarget.value)}
      />
      {live && 'error' in live && <span className="sp-bad sp-xs">{live.error}</span>}
    </>
  );
}
