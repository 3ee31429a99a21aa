import type { AppPages } from '@sallyport/contract';

const CHANGED = 50;

/** A page of 300 components with 500 bindings; one input is read by 50 of them, directly or through another. */
export function page300(): AppPages {
  const components: Record<string, unknown> = {};
  const add = (id: string, type: string, props: object, index: number) => {
    components[id] = {
      type,
      order: `a${String(index).padStart(4, '0')}`,
      layout: { x: (index % 6) * 2, y: Math.floor(index / 6) * 3, w: 2, h: 3 },
      props,
      on: {},
    };
  };
  add('source', 'textInput', { label: 'Source', value: '1' }, 0);
  for (let i = 1; i < 100; i++) {
    add(
      `input${i}`,
      'textInput',
      { label: `Input ${i}`, value: `{{ 'default ${i}' }}`, disabled: `{{ variables.limit < ${i % 3} }}` },
      i,
    );
  }
  for (let i = 0; i < 150; i++) {
    const reads =
      i < CHANGED / 2
        ? `source.value.length + ${i}`
        : i < CHANGED
          ? `text${i - CHANGED / 2}.text.length`
          : `input${(i % 99) + 1}.value`;
    add(`text${i}`, 'text', { text: `{{ ${reads} }}`, hidden: '{{ variables.limit < 0 }}' }, 100 + i);
  }
  for (let i = 0; i < 50; i++) {
    add(
      `figure${i}`,
      'statistic',
      { label: `{{ 'Figure ${i}' }}`, value: `{{ variables.limit * ${i} }}` },
      250 + i,
    );
  }
  return {
    home: 'main',
    variables: { limit: 10 },
    pages: { main: { title: 'Main', order: 'a', components, onLoad: [] } },
  } as unknown as AppPages;
}
