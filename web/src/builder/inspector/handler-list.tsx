import { Menu } from '@mantine/core';
import type { Handler } from '@sallyport/contract';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { HandlerFields } from './handler-fields.tsx';
import {
  describeHandler,
  HANDLER_KINDS,
  handlerProblem,
  type Nameable,
  newHandler,
} from './handler-kinds.ts';
import { StepMark } from './step-mark.tsx';
import { useRowFocus } from './use-row-focus.ts';

export interface HandlerListProps {
  readonly handlers: readonly Handler[];
  readonly names: Nameable;
  readonly label: string;
  /** The beginning of the ids of its bindings: `on:save:onClick`. */
  readonly at: string;
  readonly onChange: (handlers: Handler[]) => void;
}

/** Steps in order: each runs after the one before has ended. */
export function HandlerList({ handlers, names, label, at, onChange }: HandlerListProps) {
  const [open, setOpen] = useState<number>();
  const { rows, add, goOn } = useRowFocus();
  // A step that was begun is filled in at once: the keys go to it, and not back to the button.
  const [begun, setBegun] = useState(false);
  const replace = (index: number, next: Handler | undefined) =>
    onChange(handlers.flatMap((old, i) => (i === index ? (next ? [next] : []) : [old])));
  const swap = (a: number, b: number) => {
    goOn(b, `[data-act="${b < a ? 'up' : 'down'}"]`);
    const next = [...handlers];
    [next[a], next[b]] = [next[b] as Handler, next[a] as Handler];
    onChange(next);
    setOpen(undefined);
  };
  return (
    <div ref={rows}>
      {handlers.map((handler, index) => {
        const Icon = HANDLER_KINDS.find((one) => one.kind === handler.do)?.icon ?? IconPlus;
        const problem = handlerProblem(handler, names);
        const step = `step ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the order
          <div className="bd-handler" key={index} data-row>
            <div className="bd-handler-head">
              <button
                type="button"
                aria-expanded={open === index}
                onClick={() => setOpen(open === index ? undefined : index)}
              >
                <Icon size={14} stroke={2} className="sp-t3" aria-hidden="true" />
                <span className="sp-cut">{describeHandler(handler)}</span>
                <StepMark handler={handler} at={`${at}:${index}`} problem={problem} />
                {handler.onlyIf && <span className="sp-t3 sp-xs">if</span>}
              </button>
              <IconButton
                small
                label={`Move ${step} up`}
                data-act="up"
                disabledReason={index === 0 && 'This is already the first.'}
                icon={<IconArrowUp size={13} stroke={2} aria-hidden="true" />}
                onClick={() => swap(index, index - 1)}
              />
              <IconButton
                small
                label={`Move ${step} down`}
                data-act="down"
                disabledReason={index === handlers.length - 1 && 'This is already the last.'}
                icon={<IconArrowDown size={13} stroke={2} aria-hidden="true" />}
                onClick={() => swap(index, index + 1)}
              />
              <IconButton
                small
                label={`Remove ${step}`}
                data-act="remove"
                icon={<IconX size={13} stroke={2} aria-hidden="true" />}
                onClick={() => {
                  goOn(index, '[data-act="remove"]');
                  setOpen(undefined);
                  replace(index, undefined);
                }}
              />
            </div>
            {open === index && (
              <div className="bd-handler-body">
                {problem && <span className="sp-bad sp-sm">{problem}</span>}
                <HandlerFields
                  handler={handler}
                  names={names}
                  label={`${label}, ${step}`}
                  at={`${at}:${index}`}
                  onChange={(next) => replace(index, next)}
                />
              </div>
            )}
          </div>
        );
      })}
      <Menu position="bottom-start" width={200} returnFocus={!begun} onOpen={() => setBegun(false)}>
        <Menu.Target>
          <Button
            ref={add}
            size="xs"
            aria-label={`Add step: ${label}`}
            icon={<IconPlus size={13} stroke={2} aria-hidden="true" />}
            disabledReason={handlers.length >= 50 && 'The maximum is 50 steps.'}
          >
            Add step
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {HANDLER_KINDS.map(({ kind, label: name, icon: Icon }) => (
            <Menu.Item
              key={kind}
              leftSection={<Icon size={14} stroke={2} aria-hidden="true" />}
              onClick={() => {
                onChange([...handlers, newHandler(kind, names)]);
                setOpen(handlers.length);
                setBegun(true);
                goOn(handlers.length, '.bd-handler-body :is(select, .cm-content)');
              }}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
