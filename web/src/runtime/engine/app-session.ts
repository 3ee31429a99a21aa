import type { AppPages, QuerySignature } from '@sallyport/contract';
import { sameValue } from '../../lib/same-value.ts';
import type { BindingResult, BindingSpec, Dependencies, Outcome, Settled } from '../sandbox/messages.ts';
import { beginChain, type Chain, goOn } from './chain.ts';
import { createChoices } from './choices.ts';
import { type Components, createComponentStates } from './component-states.ts';
import { controlComponent } from './control-component.ts';
import { definitionOf, groupOfModal, groupOfPage, groupOfQuery, modalAround } from './definition-of.ts';
import { firstWindow } from './first-window.ts';
import { createFocusCalls } from './focus-calls.ts';
import { tellLeftBehind } from './left-behind.ts';
import { neededQueries } from './needed-queries.ts';
import { createQueryRuns } from './query-runs.ts';
import { readsOf } from './reads-of.ts';
import { resolveTemplates } from './resolve-templates.ts';
import { type HandlerDeps, runHandlers } from './run-handlers.ts';
import { createSessionStore } from './session-store.ts';
import type { AppSession, Ending, SessionOptions } from './session-types.ts';
import { shownText } from './shown-text.ts';
import { createSlots } from './slots.ts';
import { createTakers } from './takers.ts';
import { unaskedHost } from './unasked-host.ts';
import { createUnsavedEdits } from './unsaved-edits.ts';
import { verbOf } from './verb-of.ts';
import { withLabels } from './with-labels.ts';

export function createAppSession(options: SessionOptions): AppSession {
  const { sandbox, host, user } = options;
  const store = createSessionStore();
  const slots = createSlots(sandbox);
  let pages: AppPages = { home: options.page, pages: {}, variables: {} };
  let queries: Readonly<Record<string, QuerySignature>> = {};
  let bindings: readonly BindingSpec[] = [];
  let dependencies: Dependencies = {};
  let reads: ReadonlyMap<string, readonly string[]> = new Map();
  let page = options.page;
  let started = false;
  const open = new Set<string>();
  const variables: Record<string, unknown> = {};
  const focusCalls = createFocusCalls();

  /** An edit of a row is not lost because the row was read again and has another value there. */
  const keepsEdit = (id: string): boolean => {
    const read = dependencies[`${id}.value`] ?? [];
    if (!edits.holds(id) || read.length === 0 || !read.every((one) => /\.selected(?:Row|Key)$/.test(one)))
      return false;
    host.notify(
      'warn',
      `${String(components.read(id).props.label || id)}: this value changed in the data source.`,
      'What you typed is kept. If you save, it replaces the new value.',
    );
    return true;
  };
  const choices = createChoices({
    dependencies: () => dependencies,
    components: () => components,
    runs: () => runs,
    isComponent: (id) => findComponent(id) !== undefined,
    isSelect: (id) => findComponent(id)?.type === 'select',
    holdsEdit: (id) => edits.holds(id),
    evaluated: () => {
      slots.flush();
      return sandbox.evaluate([]);
    },
    host,
    focus: focusCalls.call,
  });
  const components = createComponentStates(
    store,
    slots,
    (name) => runs.read(name),
    keepsEdit,
    choices.follow,
  );
  /** What is only a path is the page's own value: a copy of it would have lost what `lib/exact-json` knows. */
  const settled = (outcome: Outcome): Settled =>
    'path' in outcome ? { value: slots.read(outcome.path) } : outcome;
  const evaluateNow = async (templates: readonly string[]): Promise<readonly Settled[]> => {
    // A query without arguments does not wait for the sandbox to start.
    if (templates.length === 0) return [];
    slots.flush(templates);
    return (await sandbox.evaluate(templates)).map(settled);
  };
  const runs = createQueryRuns({
    store,
    slots,
    runner: withLabels(
      options.runner,
      (name) => queries[name]?.arguments ?? [],
      (id) => (findComponent(id) === undefined ? '' : shownText(components.read(id).props.label)),
    ),
    onState: (name) => components.applyQuery(name),
    async evaluateArguments(name) {
      const signature = queries[name]?.arguments ?? [];
      const outcomes = await evaluateNow(signature.map((argument) => `{{ ${argument.expression} }}`));
      return Object.fromEntries(signature.map((argument, i) => [argument.name, outcomes[i]!]));
    },
  });

  const findComponent = (id: string) => {
    for (const one of Object.values(pages.pages))
      if (Object.hasOwn(one.components, id)) return one.components[id];
    return undefined;
  };
  const activeGroups = (): string[] => {
    const groups = [groupOfPage(page)];
    for (const id of Object.keys(pages.pages[page]?.components ?? {})) {
      if (pages.pages[page]?.components[id]?.type !== 'modal') continue;
      if (options.mode === 'edit' || open.has(id)) groups.push(groupOfModal(id));
    }
    const needed = neededQueries(
      pages,
      bindings,
      dependencies,
      new Set(groups),
      new Set(Object.keys(queries)),
    );
    runs.need(needed);
    return [...groups, ...[...needed].map(groupOfQuery)];
  };
  const activate = (): void => {
    slots.flush();
    sandbox.activate(activeGroups());
  };

  const unasked = unaskedHost(host);
  const deps: HandlerDeps = {
    host: unasked.host,
    acted: false,
    base: () => globalThis.location?.href ?? 'http://localhost/',
    resolve: (value) => resolveTemplates(value, evaluateNow),
    async runQuery(name) {
      if (!(await choices.arrived(sentBy(name)))) return 'cancelled';
      const settleEdits = edits.send(sentBy(name));
      let ending: Ending = 'failed';
      try {
        ending = await runs.run(name, {});
        return ending;
      } finally {
        settleEdits(ending === 'done');
      }
    },
    queryError: (name) => runs.read(name).error,
    question: (name) => runs.signature(name)?.confirm ?? null,
    setVariable(name, value) {
      variables[name] = value;
      store.write('variables', { ...variables });
      slots.set('variables', name, value);
    },
    control: (id, method, value) => control(id, method, value, beginChain(), false),
  };

  const apply = (results: readonly BindingResult[]): void => {
    for (const { id, ...outcome } of results) {
      const value = settled(outcome);
      store.write(`b:${id}`, value);
      if (id.startsWith('on:')) continue;
      if (id.startsWith('query:')) {
        const [, query, argument] = id.split(':');
        runs.argument(query!, argument!, value);
        continue;
      }
      const dot = id.indexOf('.');
      components.applyProp(id.slice(0, dot), id.slice(dot + 1), value);
    }
  };
  sandbox.listen({
    results: apply,
    dependencies(next) {
      dependencies = next;
      const before = reads;
      reads = readsOf(next, (name) => queries[name]?.effect === 'read');
      for (const id of new Set([...before.keys(), ...reads.keys()])) store.write(`r:${id}`, reads.get(id));
      slots.use(new Set(Object.values(next).flat()));
      activate();
      if (started) return;
      started = true;
      store.write('sandbox', 'ready');
      void runHandlers(pages.pages[page]?.onLoad ?? [], deps);
    },
    failed: (reason) => store.write('sandbox', { failed: reason }),
  });

  const { isFilter, sentBy, readersOf } = createTakers({
    dependencies: () => dependencies,
    query: (name) => queries[name],
    components: () => components,
    isForm: (id) => findComponent(id)?.type === 'form',
  });
  const edits = createUnsavedEdits(components, host, isFilter);
  /** What is typed in it stays in it. */
  const shut = (modal: string): void => {
    open.delete(modal);
    components.expose(modal, { open: false });
  };
  const inputsIn = (modal: string): string[] => {
    const all = pages.pages[page]?.components ?? {};
    return Object.keys(all).filter((id) => modalAround(all, id) === modal);
  };
  /** Inputs that show a row start over when another row is chosen, even when the shown values are equal. */
  const resetReadersOf = (table: string): void => {
    for (const id of readersOf(table)) components.resetValue(id);
    edits.forget(readersOf(table));
  };

  /** A table's first page is asked for at once, and not the whole of its query before it. Nobody turns one on a canvas. */
  const openWindows = (next: AppPages): void => {
    const opened = new Set<string>();
    for (const one of Object.values(next.pages)) {
      for (const { type, props } of Object.values(one.components)) {
        const query = type === 'table' && typeof props.query === 'string' ? props.query : '';
        if (queries[query]?.windowed !== true || opened.has(query)) continue;
        opened.add(query);
        if (options.mode === 'edit' || runs.read(query).window === null)
          runs.setWindow(query, firstWindow(props.pageSize));
      }
    }
  };

  /** Runs the steps of an event; `acted` tells whether a person began the first of its chain. */
  const fire = async (id: string, event: string, chain: Chain, acted: boolean): Promise<Ending> => {
    const handlers = findComponent(id)?.on[event] ?? [];
    if (handlers.length === 0 || options.mode === 'edit') return 'done';
    const next = goOn(chain);
    components.patch(id, { busy: components.read(id).busy + 1 });
    const settleEdits = edits.send(event === 'onSubmit' ? components.inputsOf(id) : []);
    let ending: Ending = 'failed';
    try {
      const verb = verbOf(pages.pages[page]?.components ?? {}, id);
      const from = `${id}.${event}`;
      host.retract(from);
      ending = await runHandlers(handlers, {
        ...deps,
        host: acted ? host : unasked.host,
        acted,
        verb,
        from,
        control: (target, method, value) => control(target, method, value, next, acted),
      });
      return ending;
    } finally {
      settleEdits(ending === 'done');
      const state = components.read(id);
      if (state !== undefined) components.patch(id, { busy: state.busy - 1 });
    }
  };
  const control = (
    id: string,
    method: string,
    value: unknown,
    chain: Chain,
    acted: boolean,
  ): Promise<Ending> =>
    controlComponent(id, method, value, {
      type: (target) => findComponent(target)?.type,
      components,
      runs,
      reads: (target) => reads.get(target) ?? [],
      isOpen: (modal) => open.has(modal),
      setOpen(modal, isOpen) {
        if (isOpen) {
          open.add(modal);
          components.expose(modal, { open: true });
        } else {
          shut(modal);
          edits.forget(inputsIn(modal));
        }
        activate();
      },
      fire: (target, event) => fire(target, event, chain, acted),
      expose: session.expose,
      holdsEdit: edits.holds,
      choicesArrived: choices.arrived,
      focus: focusCalls.call,
    });

  const session: AppSession = {
    store,
    mode: options.mode,
    pages: () => pages,
    component: (id) => components.read(id),
    query: runs.read,
    signature: runs.signature,
    hears: (id, event) => (findComponent(id)?.on[event] ?? []).length > 0,
    fire(id, event) {
      runs.acted();
      return fire(id, event, beginChain(), true);
    },
    change(id, value) {
      components.setValue(id, value);
      edits.note(id);
      // Before the event of the browser ends: a field that is drawn once with the text before loses the place of the
      // cursor, and what an input method is composing.
      store.tell();
      void session.fire(id, 'onChange');
    },
    touch: (id) => components.patch(id, { touched: true }),
    async leave(modal) {
      if (await edits.mayLose(inputsIn(modal))) await session.control(modal, 'close');
    },
    mayChoose: (table) => edits.mayLose(readersOf(table)),
    hasEdits: () => edits.held().length > 0,
    hasEditsOf: (table) => readersOf(table).some(edits.holds),
    mayLeave: () => edits.mayLose(),
    expose(id, values) {
      const before = components.read(id)?.exposed;
      if ('selectedKey' in values || 'search' in values) runs.acted();
      components.expose(id, values);
      if ('selectedKey' in values && before?.selectedKey !== values.selectedKey) resetReadersOf(id);
    },
    control(id, method, value) {
      runs.acted();
      return control(id, method, value, beginChain(), true);
    },
    runQuery(name, values = {}, window) {
      runs.acted();
      return runs.run(name, values, window);
    },
    setWindow(name, window) {
      runs.acted();
      runs.setWindow(name, window);
    },
    stopQuery: runs.stop,
    readAgain: runs.readAgain,
    openPage(slug, searchParams) {
      runs.acted();
      unasked.opened();
      slots.set('url', 'page', slug);
      slots.set('url', 'searchParams', searchParams);
      if (slug === page) return;
      for (const id of open) {
        if (modalAround(pages.pages[page]?.components ?? {}, id) === null) continue;
        shut(id);
        void fire(id, 'onClose', beginChain(), false);
      }
      page = slug;
      store.write('page', slug);
      activate();
      if (started) void runHandlers(pages.pages[slug]?.onLoad ?? [], deps);
    },
    update(nextPages, nextQueries) {
      const samePages = nextPages === pages;
      const before = pages.variables;
      pages = nextPages;
      queries = nextQueries;
      for (const name of Object.keys(variables))
        if (!Object.hasOwn(nextPages.variables, name)) delete variables[name];
      for (const [name, value] of Object.entries(nextPages.variables)) {
        // What a step has set stays; what none has set is what the document says now.
        if (Object.hasOwn(variables, name) && !sameValue(variables[name], before[name])) continue;
        variables[name] = value;
        slots.set('variables', name, value);
      }
      store.write('variables', { ...variables });
      runs.acted();
      openWindows(nextPages);
      runs.replace(nextQueries);
      if (!samePages) {
        const next: Components = Object.assign(
          {},
          ...Object.values(nextPages.pages).map((one) => one.components),
        );
        tellLeftBehind(next, components, edits, host);
        components.replace(next);
        store.write('pages', nextPages);
      }
      const definition = definitionOf(nextPages, nextQueries);
      const ids = new Set(definition.bindings.map(({ id }) => id));
      // Another step may stand in the place of one that was removed.
      for (const { id } of bindings) if (!ids.has(id)) store.write(`b:${id}`, undefined);
      bindings = definition.bindings;
      slots.flush();
      sandbox.define({ ...definition, active: activeGroups() });
    },
    evaluate: async (template) => (await evaluateNow([template]))[0]!,
    onFocus: focusCalls.listen,
    dispose() {
      runs.dispose();
      sandbox.dispose();
    },
  };

  store.write('sandbox', 'starting');
  store.write('page', page);
  for (const [name, value] of Object.entries(user)) slots.set('currentUser', name, value);
  slots.set('url', 'searchParams', options.searchParams);
  slots.set('url', 'page', page);
  session.update(options.pages, options.queries);
  return session;
}
