import { type Component, TableColumn } from '@sallyport/contract';
import { IconEye, IconEyeOff, IconGripVertical, IconPlus, IconTrash, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { setProperty } from '../document/configure-component.ts';
import { useComponentState, useQueryState } from '../live/use-live.ts';
import { ChoiceRow } from './choice-row.tsx';
import { columnFrom, columnsGiven, columnsOf, compact, newColumn, queryOfTable } from './columns-of.ts';
import { useRowFocus } from './use-row-focus.ts';
import { wordOf } from './word-of.ts';

const FORMATS = TableColumn.shape.format.unwrap().options;

/** A table's columns: order, label, format, width, hidden; filled from its query's result. */
export function ColumnsEditor({ id, component }: { readonly id: string; readonly component: Component }) {
  const { editor } = useBuilder();
  const queries = useEditor((s) => s.queries);
  const query = queryOfTable(component, queries);
  const live = useQueryState(query ?? '');
  const compiled = (query && queries[query]?.compiled.result) || live?.columns || [];
  const given = columnsGiven(component, query, compiled, useComponentState(id)?.props.data);
  const result = given.columns;
  const columns = columnsOf(component);
  const [open, setOpen] = useState<string>();
  const [drag, setDrag] = useState<{ from: number; over?: number }>();
  const { rows, add, goOn } = useRowFocus();
  const missing = result.filter((one) => !columns.some((column) => column.name === one.name));
  const typeOf = (name: string) => result.find((one) => one.name === name)?.engineType;
  const set = (next: TableColumn[]) =>
    editor.getState().edit(`Set columns of ${id}`, (d) => setProperty(d, id, 'columns', next.map(compact)), {
      key: `${id}.columns`,
    });
  const change = (index: number, part: Partial<TableColumn>) =>
    set(columns.map((column, i) => (i === index ? { ...column, ...part } : column)));
  const move = (from: number, to: number) => {
    const next = [...columns];
    const [moved] = next.splice(from, 1);
    if (moved) next.splice(to, 0, moved);
    set(next);
  };
  return (
    <div className="bd-field">
      <div className="bd-field-head">
        Columns{' '}
        <span className="sp-t3 sp-tn">
          {columns.length || `all${result.length ? ` ${result.length}` : ''}`}
        </span>
        <span className="sp-end sp-row" style={{ gap: 0 }}>
          {missing.length > 0 && (
            <IconButton
              small
              label={
                columns.length === 0
                  ? `Add the columns of ${given.from}`
                  : `Add ${missing.length} more of ${given.from}`
              }
              icon={<IconWand size={14} stroke={2} aria-hidden="true" />}
              onClick={() => set([...columns, ...missing.map(columnFrom)])}
            />
          )}
          <IconButton
            small
            ref={add}
            label="Add column"
            icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
            onClick={() => {
              const column = missing[0] ? columnFrom(missing[0]) : newColumn(columns);
              set([...columns, column]);
              setOpen(column.name);
            }}
          />
        </span>
      </div>
      {columns.length === 0 && (
        <p className="sp-hint">None listed, so every column of the result is shown.</p>
      )}
      <div ref={rows}>
        {columns.map((column, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is typed here
          <div key={index} data-row>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the order can also be changed inside, by the keyboard */}
            <div
              className="bd-cl"
              draggable
              data-drop={(drag && drag.over === index && drag.from !== index) || undefined}
              onDragStart={() => setDrag({ from: index })}
              onDragOver={(event) => {
                event.preventDefault();
                setDrag((d) => d && { ...d, over: index });
              }}
              onDrop={() => drag && move(drag.from, index)}
              onDragEnd={() => setDrag(undefined)}
            >
              <IconGripVertical size={13} stroke={2} aria-hidden="true" />
              <button
                type="button"
                data-act="open"
                aria-expanded={open === column.name}
                onClick={() => setOpen(open === column.name ? undefined : column.name)}
              >
                <span className={`sp-cut${column.hidden ? ' sp-t3' : ''}`}>
                  {column.label ?? column.name}
                </span>
                <span className="sp-end sp-t3 sp-sm sp-cut">
                  {column.format === 'auto' ? (typeOf(column.name) ?? 'auto') : column.format}
                </span>
              </button>
              <IconButton
                small
                label={column.hidden ? `Show ${column.name}` : `Hide ${column.name} by default`}
                icon={
                  column.hidden ? (
                    <IconEyeOff size={14} stroke={2} aria-hidden="true" />
                  ) : (
                    <IconEye size={14} stroke={2} aria-hidden="true" />
                  )
                }
                onClick={() => change(index, { hidden: !column.hidden })}
              />
            </div>
            {open === column.name && (
              <div className="bd-sub">
                <ColumnFields
                  column={column}
                  names={result.map((one) => one.name)}
                  onChange={(part) => {
                    change(index, part);
                    if (part.name !== undefined) setOpen(part.name);
                  }}
                />
                <div className="sp-row sp-g4" style={{ marginTop: 8 }}>
                  <Button
                    size="xs"
                    disabledReason={index === 0 && 'This is already the first.'}
                    data-act="up"
                    onClick={() => {
                      goOn(index - 1, '[data-act="up"]');
                      move(index, index - 1);
                    }}
                  >
                    Up
                  </Button>
                  <Button
                    size="xs"
                    disabledReason={index === columns.length - 1 && 'This is already the last.'}
                    data-act="down"
                    onClick={() => {
                      goOn(index + 1, '[data-act="down"]');
                      move(index, index + 1);
                    }}
                  >
                    Down
                  </Button>
                  <span className="sp-end">
                    <IconButton
                      small
                      label={`Remove ${column.name}`}
                      icon={<IconTrash size={14} stroke={2} aria-hidden="true" />}
                      onClick={() => {
                        goOn(index, '[data-act="open"]');
                        set(columns.filter((_, i) => i !== index));
                      }}
                    />
                  </span>
                </div>
              </div>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function ColumnFields({
  column,
  names,
  onChange,
}: {
  readonly column: TableColumn;
  readonly names: readonly string[];
  readonly onChange: (part: Partial<TableColumn>) => void;
}) {
  const id = (field: string) => `column-${column.name}-${field}`;
  // What is half typed stays in the field; what holds is kept at once, so that a save takes it along.
  const [width, setWidth] = useState<string>();
  return (
    <>
      <div className="bd-fr">
        <label htmlFor={id('name')}>Column</label>
        {names.length > 0 ? (
          <select
            id={id('name')}
            className="bd-input sp-mono"
            value={column.name}
            onChange={(e) => onChange({ name: e.currentTarget.value })}
          >
            {!names.includes(column.name) && <option>{column.name}</option>}
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        ) : (
          <input
            id={id('name')}
            className="bd-input sp-mono"
            value={column.name}
            onChange={(e) => e.currentTarget.value && onChange({ name: e.currentTarget.value })}
          />
        )}
      </div>
      <div className="bd-fr">
        <label htmlFor={id('label')}>Label</label>
        <input
          id={id('label')}
          className="bd-input"
          placeholder={column.name}
          value={column.label ?? ''}
          onChange={(event) => onChange({ label: event.currentTarget.value || undefined })}
        />
      </div>
      <ChoiceRow
        label="Format"
        value={column.format}
        options={FORMATS}
        say={wordOf}
        onChange={(format) => onChange({ format: format as TableColumn['format'] })}
      />
      {column.format === 'currency' && (
        <div className="bd-fr">
          <label htmlFor={id('currency')}>Currency</label>
          <input
            id={id('currency')}
            className="bd-input sp-mono"
            maxLength={3}
            placeholder="EUR"
            value={column.currency ?? ''}
            onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() || undefined })}
          />
        </div>
      )}
      <div className="bd-fr">
        <label htmlFor={id('width')}>Width, px</label>
        <input
          id={id('width')}
          className="bd-input"
          inputMode="numeric"
          placeholder="Automatic"
          value={width ?? column.width ?? ''}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setWidth(text);
            if (text === '') onChange({ width: undefined });
            else if (/^\d+$/.test(text)) onChange({ width: Math.min(1_000, Math.max(40, Number(text))) });
          }}
          onBlur={() => setWidth(undefined)}
        />
      </div>
    </>
  );
}
