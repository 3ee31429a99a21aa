import type { Component, ComponentType } from '@sallyport/contract';
import { memo, type ComponentType as ReactComponent } from 'react';
import { Hint } from '../ui/hint.tsx';
import { ButtonView } from './components/button-view.tsx';
import { ChartView } from './components/chart-view.tsx';
import { CheckboxView } from './components/checkbox-view.tsx';
import { ContainerView } from './components/container-view.tsx';
import { DateView } from './components/date-view.tsx';
import { FormView } from './components/form-view.tsx';
import { ModalView } from './components/modal-view.tsx';
import { NumberInputView } from './components/number-input-view.tsx';
import { SelectView } from './components/select-view.tsx';
import { StatisticView } from './components/statistic-view.tsx';
import { TableView } from './components/table/table-view.tsx';
import { TextInputView } from './components/text-input-view.tsx';
import { TextView } from './components/text-view.tsx';
import type { ViewProps } from './components/view-props.ts';
import { FieldErrors } from './field-errors.tsx';
import { useComponentState, useRuntime } from './runtime-context.tsx';
import './runtime.css';

const VIEWS: Readonly<Record<ComponentType, ReactComponent<ViewProps>>> = {
  table: TableView,
  text: TextView,
  statistic: StatisticView,
  chart: ChartView,
  textInput: TextInputView,
  numberInput: NumberInputView,
  select: SelectView,
  date: DateView,
  checkbox: CheckboxView,
  button: ButtonView,
  form: FormView,
  container: ContainerView,
  modal: ModalView,
};

/**
 * One component of an app, as members see it. A builder's canvas renders the same, in the mode `edit` of its
 * `RuntimeProvider`, and wraps it through `renderComponent`.
 */
export const ComponentView = memo(function ComponentView({
  id,
  component,
  page,
}: {
  readonly id: string;
  readonly component: Component;
  readonly page: string;
}) {
  const { mode } = useRuntime();
  const state = useComponentState(id);
  if (state === undefined || (state.props.hidden === true && mode === 'live')) return null;
  const View = VIEWS[component.type];
  const tooltip = String(state.props.tooltip ?? '');
  return (
    <Hint text={tooltip}>
      <div className={`rt-component${state.props.hidden === true ? ' rt-hidden' : ''}`}>
        <View id={id} type={component.type} page={page} state={state} props={state.props} />
        <FieldErrors id={id} type={component.type} errors={state.errors} />
      </div>
    </Hint>
  );
});
