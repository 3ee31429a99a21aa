import { type Component, type PropertyDefinition, propertyOf } from '@sallyport/contract';
import { type ComponentProps, useId, useState } from 'react';
import { useBuilder, useEditor } from '../builder-context.ts';
import { FieldEditor } from '../code/field-editor.tsx';
import { propertyValue, setProperty } from '../document/configure-component.ts';
import { useBinding } from '../live/use-live.ts';
import { ChoiceRow } from './choice-row.tsx';
import { ColumnsEditor } from './columns-editor.tsx';
import { problemOfText, textOfProperty, textOfValue, valueOfText } from './field-text.ts';
import { BoundField, FxToggle } from './fx-toggle.tsx';
import { LiveLine } from './live-line.tsx';
import { OptionsEditor } from './options-editor.tsx';
import { useTyped } from './use-typed.ts';
import { wordOf } from './word-of.ts';

interface PropertyFieldProps {
  readonly id: string;
  readonly component: Component;
  readonly name: string;
}

/** The field of one property, by its kind. */
export function PropertyField(props: PropertyFieldProps) {
  const { id, component, name } = props;
  const { editor } = useBuilder();
  const definition = propertyOf(component.type, name);
  if (!definition) return null;
  const value = propertyValue(component, name);
  const set = (next: Component['props'][string]) =>
    editor
      .getState()
      .edit(`Set ${definition.label.toLowerCase()} of ${id}`, (d) => setProperty(d, id, name, next), {
        key: `${id}.${name}`,
      });
  const shared = { ...props, definition, value, set };
  switch (definition.type.kind) {
    case 'columns':
      return <ColumnsEditor id={id} component={component} />;
    case 'options':
      return <OptionsEditor {...shared} />;
    case 'boolean':
      return <BooleanField {...shared} />;
    case 'choice':
      return <ChoiceField {...shared} options={definition.type.options} say={wordOf} />;
    case 'query':
      return <QueryField {...shared} />;
    default:
      return definition.bindable ? <BindableField {...shared} /> : <PlainField {...shared} />;
  }
}

export interface FieldProps extends PropertyFieldProps {
  readonly definition: PropertyDefinition;
  readonly value: Component['props'][string];
  readonly set: (value: Component['props'][string]) => void;
}

/** Text with `{{ }}`, its live value below. */
export function BindableField({ id, component, name, definition, value, set }: FieldProps) {
  const outcome = useBinding(`${id}.${name}`);
  const [text, type] = useTyped(
    value,
    (now) => textOfProperty(now, definition),
    (typed) => valueOfText(typed, definition),
  );
  const bound = text.includes('{{');
  const problem = problemOfText(text, definition);
  const note = useId();
  const multiline = definition.type.kind === 'text' && definition.type.multiline === true;
  const instead = component.type === 'table' && name === 'data' && text !== '' ? component.props.query : '';
  return (
    <div className="bd-field">
      <div className="bd-field-head">
        <span>{definition.label}</span>
      </div>
      <FieldEditor
        key={`${id}.${name}`}
        ofPage
        label={`${definition.label} of ${id}`}
        describedBy={note}
        value={text}
        multiline={multiline}
        invalid={problem !== undefined || (bound && outcome !== undefined && 'error' in outcome)}
        onChange={(next) => set(type(next))}
      />
      <div id={note}>
        {bound && <LiveLine binding={`${id}.${name}`} text={text} onFix={(next) => set(next)} />}
        {problem && <p className="sp-hint sp-bad">{problem}</p>}
        {instead && <p className="sp-hint">Not used: the rows come from the query {String(instead)}.</p>}
        {!bound && definition.hint && <p className="sp-hint">{definition.hint}</p>}
      </div>
    </div>
  );
}

/** A switch, or an expression by the fx button. */
function BooleanField(props: FieldProps) {
  const { definition, value, set } = props;
  const field = useId();
  const fx = {
    ...props,
    plainly: 'Use a plain switch',
    meaning: (literal: FieldProps['value'] | undefined) => literal === true,
  };
  if (typeof value === 'string') return <BoundField {...fx} />;
  return (
    <div className="bd-field bd-fr">
      <label htmlFor={field}>{definition.label}</label>
      <span className="sp-row">
        <input
          id={field}
          type="checkbox"
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
        {definition.bindable && <FxToggle {...fx} />}
      </span>
    </div>
  );
}

const ChoiceField = ({
  definition,
  value,
  set,
  options,
  say,
}: FieldProps & Pick<ComponentProps<typeof ChoiceRow>, 'options' | 'say'>) => (
  <div className="bd-field">
    <ChoiceRow
      label={definition.label}
      hint={definition.hint}
      value={String(value)}
      options={options}
      say={say}
      onChange={set}
    />
  </div>
);

function QueryField(props: FieldProps) {
  const queries = useEditor((s) => s.queries);
  const reads = Object.keys(queries)
    .filter((name) => queries[name]?.compiled.effect === 'read')
    .sort();
  const say = (name: string) => {
    const query = queries[name];
    if (name === '') return '— none —';
    return query?.document.kind === 'sql' && query.compiled.windowed ? `${name} (paged)` : name;
  };
  const chosen = queries[String(props.value)];
  return (
    <>
      <ChoiceField {...props} options={['', ...reads]} say={say} />
      {chosen && (
        <p className="sp-hint" style={{ marginBottom: 6 }}>
          {chosen.compiled.windowed
            ? 'Pages, sorts, filters and searches on the server.'
            : chosen.document.kind === 'sql'
              ? 'Loads all rows at once. Turn on server-side paging for the query to page on the server.'
              : 'Loads all rows at once.'}
        </p>
      )}
    </>
  );
}

function PlainField({ definition, value, set }: FieldProps) {
  const field = useId();
  // What is half typed stays: an emptied number would be its default again before the next digit.
  const [typed, setTyped] = useState<string>();
  const number = definition.type.kind === 'number';
  const text = typed ?? textOfValue(value);
  const problem = problemOfText(text, definition);
  return (
    <div className="bd-field bd-fr">
      <label htmlFor={field}>{definition.label}</label>
      <input
        id={field}
        className={`bd-input${number ? '' : ' sp-mono'}`}
        inputMode={number ? 'decimal' : undefined}
        title={definition.hint}
        value={text}
        aria-invalid={problem !== undefined || undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          set(valueOfText(event.currentTarget.value, definition));
        }}
        onBlur={() => setTyped(undefined)}
      />
      {problem && (
        <p className="sp-hint sp-bad" style={{ gridColumn: '1 / -1' }}>
          {problem}
        </p>
      )}
    </div>
  );
}
