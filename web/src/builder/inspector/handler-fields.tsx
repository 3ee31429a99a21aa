import type { Handler } from '@sallyport/contract';
import { type ReactNode, useId } from 'react';
import { FieldEditor } from '../code/field-editor.tsx';
import { useBinding } from '../live/use-live.ts';
import { ChoiceRow } from './choice-row.tsx';
import { type Json, jsonOrText, problemOfCondition, textOfJson } from './field-text.ts';
import type { Nameable } from './handler-kinds.ts';
import { HandlerList } from './handler-list.tsx';
import { LiveLine } from './live-line.tsx';
import { useTyped } from './use-typed.ts';
import { wordOf } from './word-of.ts';

interface HandlerFieldsProps {
  readonly handler: Handler;
  readonly names: Nameable;
  readonly label: string;
  /** The beginning of the ids of its bindings: `on:save:onClick:0`. */
  readonly at: string;
  readonly onChange: (handler: Handler) => void;
}

/** The fields of one step, by its kind; and the condition that every step can have. */
export function HandlerFields(props: HandlerFieldsProps) {
  const { handler, names, onChange, label, at } = props;
  const { onlyIf: _none, ...bare } = handler;
  return (
    <>
      <KindFields {...props} />
      <Expression
        name="Only if"
        label={`${label}, only if`}
        binding={`${at}:onlyIf`}
        placeholder="{{ condition }}"
        value={handler.onlyIf ?? ''}
        problem={problemOfCondition(handler.onlyIf ?? '')}
        onChange={(text) => onChange((text === '' ? bare : { ...handler, onlyIf: text }) as Handler)}
      />
      {handler.do === 'runQuery' && (
        <>
          <Steps name="On success">
            <HandlerList
              handlers={handler.onSuccess ?? []}
              names={names}
              label={`${label}, on success`}
              at={`${at}:onSuccess`}
              onChange={(onSuccess) => onChange(withSteps(handler, { onSuccess }))}
            />
          </Steps>
          <Steps name="On failure">
            <HandlerList
              handlers={handler.onFailure ?? []}
              names={names}
              label={`${label}, on failure`}
              at={`${at}:onFailure`}
              onChange={(onFailure) => onChange(withSteps(handler, { onFailure }))}
            />
          </Steps>
        </>
      )}
    </>
  );
}

function withSteps(
  handler: Extract<Handler, { do: 'runQuery' }>,
  part: { onSuccess?: Handler[]; onFailure?: Handler[] },
): Handler {
  const { onSuccess, onFailure, ...rest } = { ...handler, ...part };
  return {
    ...rest,
    ...(onSuccess && onSuccess.length > 0 && { onSuccess }),
    ...(onFailure && onFailure.length > 0 && { onFailure }),
  };
}

function KindFields({ handler, names, label, at, onChange }: HandlerFieldsProps) {
  switch (handler.do) {
    case 'runQuery':
      return (
        <ChoiceRow
          label="Query"
          value={handler.query}
          options={names.queries}
          onChange={(query) => onChange({ ...handler, query })}
        />
      );
    case 'setVariable':
      return (
        <>
          <ChoiceRow
            label="Variable"
            value={handler.name}
            options={names.variables}
            onChange={(name) => onChange({ ...handler, name })}
          />
          <ValueExpression
            label={`${label}, value`}
            binding={`${at}:value`}
            value={handler.value}
            onChange={(value) => onChange({ ...handler, value })}
          />
        </>
      );
    case 'openModal':
    case 'closeModal':
      return (
        <ChoiceRow
          label="Modal"
          value={handler.modal}
          options={names.modals}
          onChange={(modal) => onChange({ ...handler, modal })}
        />
      );
    case 'control': {
      const methods = names.controllable.find((one) => one.id === handler.component)?.methods ?? [];
      return (
        <>
          <ChoiceRow
            label="Component"
            value={handler.component}
            options={names.controllable.map((one) => one.id)}
            onChange={(component) => {
              const next = names.controllable.find((one) => one.id === component);
              onChange({ ...handler, component, method: next?.methods[0] ?? handler.method });
            }}
          />
          <ChoiceRow
            label="Does"
            value={handler.method}
            options={methods}
            onChange={(method) => onChange({ ...handler, method })}
          />
          {handler.method === 'setValue' && (
            <ValueExpression
              label={`${label}, value`}
              binding={`${at}:value`}
              value={handler.value ?? null}
              onChange={(value) => onChange({ ...handler, value })}
            />
          )}
        </>
      );
    }
    case 'notify':
      return (
        <>
          <Expression
            name="Message"
            label={`${label}, message`}
            binding={`${at}:message`}
            value={handler.message}
            onChange={(message) => onChange({ ...handler, message })}
          />
          <ChoiceRow
            label="Tone"
            value={handler.tone}
            options={['ok', 'warn', 'bad', 'info']}
            say={wordOf}
            onChange={(tone) => onChange({ ...handler, tone: tone as typeof handler.tone })}
          />
        </>
      );
    case 'goTo': {
      const { page: _page, url: _url, ...rest } = handler;
      const kind = handler.page !== undefined ? 'page' : 'address';
      return (
        <>
          <ChoiceRow
            label="To"
            value={kind}
            options={['page', 'address']}
            say={wordOf}
            onChange={(next) =>
              onChange(next === 'page' ? { ...rest, page: names.pages[0]?.slug ?? '' } : { ...rest, url: '' })
            }
          />
          {kind === 'page' ? (
            <ChoiceRow
              label="Page"
              value={handler.page ?? ''}
              options={names.pages.map((page) => page.slug)}
              onChange={(page) => onChange({ ...rest, page })}
            />
          ) : (
            <Expression
              name="Address"
              label={`${label}, address`}
              binding={`${at}:url`}
              placeholder="https://… or a path on this server"
              value={handler.url ?? ''}
              onChange={(url) => onChange({ ...rest, url })}
            />
          )}
        </>
      );
    }
  }
}

interface ExpressionProps {
  readonly name: string;
  readonly label: string;
  readonly binding: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly problem?: string | undefined;
  readonly onChange: (text: string) => void;
}

/** Text with `{{ }}`, and what is wrong with it: what it gives is known when the step runs. */
function Expression({ name, label, binding, value, placeholder, problem, onChange }: ExpressionProps) {
  const outcome = useBinding(binding);
  const wrong = value.includes('{{') && outcome !== undefined && 'error' in outcome;
  const note = useId();
  return (
    <div>
      <span className="sp-lab">{name}</span>
      <FieldEditor
        ofPage
        label={label}
        value={value}
        invalid={wrong || problem !== undefined}
        describedBy={note}
        onChange={onChange}
        {...(placeholder && { placeholder })}
      />
      <div id={note}>
        {wrong && <LiveLine binding={binding} text={value} onFix={onChange} />}
        {problem && <p className="sp-hint sp-bad">{problem}</p>}
      </div>
    </div>
  );
}

/** Any value: a literal is JSON or plain text. */
function ValueExpression({
  label,
  binding,
  value,
  onChange,
}: {
  readonly label: string;
  readonly binding: string;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
}) {
  const [text, type] = useTyped(value, textOfJson, (typed) =>
    typed.includes('{{') ? typed : jsonOrText(typed),
  );
  return (
    <Expression
      name="Value"
      label={label}
      binding={binding}
      value={text}
      onChange={(next) => onChange(type(next))}
    />
  );
}

const Steps = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <span className="sp-lab">{name}</span>
    {children}
  </div>
);
