import type { AppPages, ComponentType } from '@sallyport/contract';
import type { ComponentType as ReactComponent } from 'react';
import { loadPart } from '../lib/load-part.ts';
import { ButtonView } from './components/button-view.tsx';
import { ChartView } from './components/chart-view.tsx';
import { ContainerView } from './components/container-view.tsx';
import { DateView } from './components/date-view.tsx';
import { FormView } from './components/form-view.tsx';
import { StatisticView } from './components/statistic-view.tsx';
import { TextView } from './components/text-view.tsx';
import type { ViewProps } from './components/view-props.ts';

type View = ReactComponent<ViewProps>;

const AT_ONCE = {
  button: ButtonView,
  chart: ChartView,
  container: ContainerView,
  date: DateView,
  form: FormView,
  statistic: StatisticView,
  text: TextView,
} as const satisfies Partial<Record<ComponentType, View>>;

/** What weighs something comes only with an app that has it. Every kind is here or above: the compiler asks. */
const LOADERS: Readonly<Record<Exclude<ComponentType, keyof typeof AT_ONCE>, () => Promise<View>>> = {
  checkbox: () => import('./components/checkbox-view.tsx').then((file) => file.CheckboxView),
  modal: () => import('./components/modal-view.tsx').then((file) => file.ModalView),
  numberInput: () => import('./components/number-input-view.tsx').then((file) => file.NumberInputView),
  select: () => import('./components/select-view.tsx').then((file) => file.SelectView),
  table: () => import('./components/table/table-view.tsx').then((file) => file.TableView),
  textInput: () => import('./components/text-input-view.tsx').then((file) => file.TextInputView),
};

const views: Partial<Record<ComponentType, View>> = { ...AT_ONCE };

/** The view of a kind of component; `loadViews` comes first. */
export const viewOf = (type: ComponentType): View | undefined => views[type];

/** Loads the views of these kinds, or of every kind. */
export async function loadViews(
  types: Iterable<ComponentType> = Object.keys(LOADERS) as ComponentType[],
): Promise<void> {
  await Promise.all(
    [...new Set(types)].map(async (type) => {
      if (type in LOADERS && !views[type])
        views[type] = await loadPart(LOADERS[type as keyof typeof LOADERS]);
    }),
  );
}

/** Every kind of component that an app has. */
export const kindsOf = (pages: AppPages): ComponentType[] =>
  Object.values(pages.pages).flatMap((page) => Object.values(page.components).map(({ type }) => type));
