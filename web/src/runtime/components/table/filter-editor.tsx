import { Popover, Select, TextInput } from '@mantine/core';
import { WINDOW_OPERATORS, type WindowOperator } from '@sallyport/contract';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { SearchSelect } from '../../../ui/search-select.tsx';
import { readAs } from '../../engine/typed-number.ts';
import type { Column } from './column-model.ts';
import { FilterButton } from './filter-button.tsx';
import { filterProblem } from './filter-problem.ts';
import { operatorWords } from './filter-text.ts';
import { filtersOf } from './filter-value.ts';
import type { Filter } from './use-table.ts';

const BARE: ReadonlySet<WindowOperator> = new Set(['isNull', 'isNotNull']);

/** How several values are parted: a comma may belong to a number. */
const parted = (type: Column['type']): string =>
  type === 'integer' || type === 'decimal' ? 'Separated by semicolons' : 'Separated by commas';

/** Adds one filter: a column, a comparison that its type has, a value. */
export function FilterEditor({
  columns,
  narrow,
  count,
  add,
}: {
  readonly columns: readonly Column[];
  readonly narrow: boolean;
  readonly count: number;
  readonly add: (filters: readonly Filter[]) => void;
}) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [chosen, setChosen] = useState<WindowOperator>('eq');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  // A key is looked for rather than filtered by.
  const first = columns.find((one) => one.grouped && !one.hidden) ?? columns[0];
  const column = columns.find((one) => one.name === name) ?? first;
  if (column === undefined) return null;
  const type = column.type ?? 'text';
  // A time is typed to the minute, and one filter cannot say “outside of this minute”.
  const operators = WINDOW_OPERATORS[type].filter((one) => type !== 'timestamp' || one !== 'ne');
  const operator = operators.includes(chosen) ? chosen : operators[0]!;
  const understood = type === 'decimal' ? readAs(text.trim(), false) : null;
  const submit = () => {
    const wrong = BARE.has(operator) ? null : filterProblem(type, operator, text, column.kind);
    setProblem(wrong);
    if (wrong !== null) return;
    add(filtersOf(column, operator, text));
    setText('');
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus width={280}>
      <Popover.Target>
        <FilterButton
          narrow={narrow}
          count={count}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Add a filter">
        <form
          className="sp-col sp-g12"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            submit();
          }}
        >
          <SearchSelect
            label="Column"
            data={columns.map((one) => ({ value: one.name, label: one.label }))}
            value={column.name}
            // Found by its first letters, as in every list; a phone would put its keyboard over it.
            searchable={!narrow}
            comboboxProps={{ withinPortal: false }}
            onChange={(next) => {
              setName(next);
              setText('');
              setProblem(null);
            }}
          />
          <Select
            label="Comparison"
            data={operators.map((one) => ({ value: one, label: operatorWords(one, column.type) }))}
            value={operator}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(next) => setChosen((next ?? 'eq') as WindowOperator)}
          />
          {!BARE.has(operator) && type === 'boolean' && (
            <Select
              label="Value"
              data={[
                { value: 'true', label: 'Yes' },
                { value: 'false', label: 'No' },
              ]}
              value={text || null}
              error={problem}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
              onChange={(next) => setText(next ?? '')}
            />
          )}
          {!BARE.has(operator) && type !== 'boolean' && (
            <TextInput
              label="Value"
              description={operator === 'in' ? parted(type) : understood && `Read as ${understood}.`}
              type={type === 'date' ? 'date' : type === 'timestamp' ? 'datetime-local' : 'text'}
              value={text}
              error={problem}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          <Button type="submit" tone="primary">
            Add filter
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
