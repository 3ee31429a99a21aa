import { type Component, propertyOf } from '@sallyport/contract';
import { seenText } from '../../lib/seen-text.ts';
import { ancestorsOf, childrenOf } from '../layout/component-tree.ts';
import type { Settled } from '../sandbox/messages.ts';
import { isTemplate, PUBLISHED } from './definition-of.ts';
import { INPUTS, initialState, literalProps } from './initial-state.ts';
import { keyOf, optionList } from './option-list.ts';
import { propValue } from './prop-value.ts';
import type { SessionStore } from './session-store.ts';
import type { ComponentState, QueryState } from './session-types.ts';
import { settleChoice } from './settle-choice.ts';
import type { Slots } from './slots.ts';
import { startValueOf } from './start-value-of.ts';
import { validateInput } from './validate-input.ts';

export type Components = Record<string, Component>;

/** The state of every component: what its view shows and what expressions read of it. */
export interface ComponentStates {
  /** Takes over a document; what did not change keeps its state. */
  replace(components: Components): void;
  read(id: string): ComponentState;
  applyProp(id: string, name: string, outcome: Settled): void;
  setValue(id: string, value: unknown): void;
  resetValue(id: string): void;
  /** Whether an input holds something other than what it started with. */
  isChanged(id: string): boolean;
  expose(id: string, values: Readonly<Record<string, unknown>>): void;
  patch(id: string, part: Partial<ComponentState>): void;
  /** Rows and total of the tables of a query. */
  applyQuery(name: string): void;
  /** The inputs of a form in the order in which they are read, also in its containers; of a form in it, none. */
  inputsOf(form: string): string[];
  /** The form around a component. */
  formOf(id: string): string | undefined;
}

/** Nobody can correct what is hidden or disabled, so that no form waits for it. */
export const isBeyondReach = ({ hidden, disabled }: ComponentState['props']): boolean =>
  hidden === true || disabled === true;

const isRow = (item: unknown): boolean => typeof item === 'object' && item !== null && !Array.isArray(item);

/** The same list gives the same rows, so that the one that was chosen is known again. */
const made = new WeakMap<readonly unknown[], readonly unknown[]>();

/** Rows as a source answers them: what is no object becomes `value`. */
function rowsOf(items: readonly unknown[]): readonly unknown[] {
  if (items.every(isRow)) return items;
  const known = made.get(items) ?? items.map((item) => (isRow(item) ? item : { value: item }));
  made.set(items, known);
  return known;
}

export function createComponentStates(
  store: SessionStore,
  slots: Slots,
  queryState: (name: string) => QueryState,
  /** Whether an input keeps what it holds when its default value changes. */
  keepsEdit: (id: string) => boolean,
  /** Whether the choices of a select became others by what a person changed. */
  followsChoices: (id: string) => boolean,
): ComponentStates {
  let components: Components = {};
  const read = (id: string): ComponentState => store.read(`c:${id}`);
  const patch = (id: string, part: Partial<ComponentState>): void => {
    const before = read(id);
    if (before === undefined) return;
    const same = (Object.keys(part) as (keyof ComponentState)[]).every((name) =>
      Object.is(before[name], part[name]),
    );
    if (!same) store.write(`c:${id}`, { ...before, ...part });
  };
  const expose = (id: string, values: Readonly<Record<string, unknown>>): void => {
    const before = read(id);
    if (before === undefined) return;
    const changed = Object.entries(values).filter(([name, value]) => !Object.is(before.exposed[name], value));
    if (changed.length === 0) return;
    patch(id, { exposed: { ...before.exposed, ...Object.fromEntries(changed) } });
    for (const [name, value] of changed) slots.set(id, name, value);
  };
  const formOf = (id: string): string | undefined =>
    ancestorsOf({ components }, id).find((one) => components[one]?.type === 'form');
  const inputsOf = (form: string): string[] =>
    childrenOf({ components }, form).flatMap(([id, { type }]) =>
      INPUTS.has(type) ? [id] : type === 'container' ? inputsOf(id) : [],
    );

  const deriveForm = (form: string): void => {
    const inputs = inputsOf(form);
    const values = Object.fromEntries(inputs.map((id) => [id, read(id).exposed.value]));
    const valid = inputs.every((id) => isBeyondReach(read(id).props) || read(id).invalid === null);
    const same = JSON.stringify(values) === JSON.stringify(read(form).exposed.values);
    expose(form, same ? { valid } : { values, valid });
  };
  const deriveInput = (id: string): void => {
    const { type } = components[id]!;
    const { props, exposed } = read(id);
    const invalid = validateInput(type, props, exposed.value);
    patch(id, { invalid });
    if ('valid' in exposed) expose(id, { valid: invalid === null });
    if (type === 'select') {
      const labels = new Map(optionList(props.options).map((option) => [option.key, option.label]));
      const label = (value: unknown) => labels.get(keyOf(value)) ?? null;
      const several = props.multiple === true && Array.isArray(exposed.value);
      const next = several ? (exposed.value as unknown[]).map(label).join(', ') : label(exposed.value);
      expose(id, { label: next });
    }
    const form = formOf(id);
    if (form !== undefined) deriveForm(form);
  };
  const deriveTable = (id: string): void => {
    const { props, exposed } = read(id);
    const state = typeof props.query === 'string' && props.query !== '' ? queryState(props.query) : null;
    const rows = state === null ? props.data : state.data;
    const list = Array.isArray(rows) ? rowsOf(rows) : [];
    expose(id, {
      rows: list.length === 0 && (exposed.rows as unknown[]).length === 0 ? exposed.rows : list,
      total: state?.total ?? list.length,
    });
  };
  const derive = (id: string): void => {
    const type = components[id]?.type ?? '';
    if (INPUTS.has(type)) deriveInput(id);
    if (type === 'table') deriveTable(id);
  };

  const settle = (id: string, { props, exposed, aside }: ComponentState): void => {
    if (aside.length === 0 && !followsChoices(id)) return;
    const [before, now] = [optionList(props.options), optionList(read(id).props.options)];
    const settled = settleChoice(exposed.value, aside, before, now);
    if (settled.aside.length === 0 && aside.length === 0) return;
    patch(id, { aside: settled.aside });
    expose(id, { value: settled.value });
  };

  return {
    replace(next) {
      const before = components;
      components = next;
      for (const [id, component] of Object.entries(next)) {
        const old = before[id];
        // Where it stands is no part of its state: one that makes room for another is drawn as it was.
        if (old?.type === component.type && old.props === component.props) continue;
        const state = old?.type === component.type ? read(id) : undefined;
        if (state === undefined || old === undefined) {
          const fresh = initialState(component);
          store.write(`c:${id}`, fresh);
          for (const [name, value] of Object.entries(fresh.exposed)) slots.set(id, name, value);
          continue;
        }
        // Edited on the canvas: bound properties keep their last value until the new expression answers.
        const props = literalProps(component);
        for (const [name, value] of Object.entries(component.props)) {
          if (isTemplate(value) && value === old.props[name]) props[name] = state.props[name];
        }
        const errors = Object.fromEntries(
          Object.entries(state.errors).filter(([name]) => component.props[name] === old.props[name]),
        );
        patch(id, { props, errors });
        const published = PUBLISHED[component.type];
        if (published !== undefined && !isTemplate(component.props[published]))
          expose(id, { [published]: props[published] });
        if (
          INPUTS.has(component.type) &&
          component.props.value !== old.props.value &&
          !isTemplate(component.props.value)
        ) {
          expose(id, { value: startValueOf(component.type, component.props, props.value) });
        }
      }
      for (const id of Object.keys(before)) if (!(id in next)) store.write(`c:${id}`, undefined);
      for (const id of Object.keys(next)) derive(id);
    },
    read,
    patch,
    expose,
    inputsOf,
    formOf,
    applyProp(id, name, outcome) {
      const component = components[id];
      if (component === undefined) return;
      const state = read(id);
      const { [name]: _old, ...others } = state.errors;
      const errors = 'error' in outcome ? { ...others, [name]: outcome.error } : others;
      const value = propValue(component.type, name, 'error' in outcome ? null : outcome.value);
      const start = startValueOf(component.type, component.props, value);
      const isNew = JSON.stringify(start ?? null) !== JSON.stringify(state.exposed.value ?? null);
      const follows = name === 'value' && INPUTS.has(component.type) && !(isNew && keepsEdit(id));
      // What is only read is seen as it is; what expressions read of it, and what an input holds, stays.
      const isText = typeof value === 'string' && propertyOf(component.type, name)?.type.kind === 'text';
      const shown = isText ? seenText(value) : value;
      patch(id, { errors, props: { ...state.props, [name]: shown } });
      // Without a list, nobody knows what the choices are.
      if (component.type === 'select' && name === 'options' && Array.isArray(value)) settle(id, state);
      if (PUBLISHED[component.type] === name) {
        slots.mirror(id, name, value);
        patch(id, { exposed: { ...read(id).exposed, [name]: value } });
      }
      if (follows) {
        expose(id, { value: start });
        patch(id, { touched: false, aside: [] });
      }
      derive(id);
    },
    setValue(id, value) {
      expose(id, { value });
      patch(id, { aside: [] });
      derive(id);
    },
    isChanged(id) {
      const component = components[id];
      if (component === undefined || !INPUTS.has(component.type)) return false;
      const { exposed, props } = read(id);
      const start = startValueOf(component.type, component.props, props.value);
      return JSON.stringify(exposed.value ?? null) !== JSON.stringify(start ?? null);
    },
    resetValue(id) {
      const component = components[id];
      if (component === undefined || !INPUTS.has(component.type)) return;
      expose(id, { value: startValueOf(component.type, component.props, read(id).props.value) });
      patch(id, { touched: false, aside: [] });
      derive(id);
    },
    applyQuery(name) {
      for (const [id, component] of Object.entries(components)) {
        if (component.type === 'table' && read(id).props.query === name) deriveTable(id);
      }
    },
  };
}
