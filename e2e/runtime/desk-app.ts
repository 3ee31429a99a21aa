import { AppBundle } from '../../contract/src/index.ts';

type Box = readonly [x: number, y: number, w: number, h: number];

const part = (type: string, order: string, [x, y, w, h]: Box, props: object = {}, more: object = {}) => ({
  type,
  order,
  layout: { x, y, w, h },
  props,
  ...more,
});
const sql = (source: string, text: string, more: object = {}) => ({
  kind: 'sql',
  source,
  text,
  run: 'auto',
  ...more,
});

/** An app that uses every component, over the demo's flights. */
export function deskApp(source: string): AppBundle {
  const list = {
    title: part('text', 'a0', [0, 0, 3, 2], { text: 'Flight desk', size: 'title' }),
    key: part('statistic', 'a0V', [3, 0, 3, 3], { label: 'Key', value: '{{ flights.selectedKey }}' }),
    howMany: part('statistic', 'a1', [6, 0, 3, 3], {
      label: 'Flights',
      value: '{{ figures.data[0].flights }}',
    }),
    divide: part(
      'button',
      'a2',
      [9, 0, 3, 2],
      { label: 'Divide' },
      { on: { onClick: [{ do: 'runQuery', query: 'impossible' }] } },
    ),
    chosen: part('text', 'a3', [0, 2, 3, 1], {
      text: 'Chosen {{ flights.selectedKey }}',
      size: 'small',
      hidden: '{{ flights.selectedKey === null }}',
    }),
    flights: part(
      'table',
      'a4',
      [0, 4, 12, 16],
      {
        title: 'Flights',
        query: 'list_flights',
        primaryKey: 'id',
        columns: [
          { name: 'id', label: 'ID', width: 90 },
          { name: 'origin', label: 'From' },
          { name: 'destination', label: 'To' },
          { name: 'departed_at', label: 'Departed' },
          { name: 'distance_miles', label: 'Miles' },
          { name: 'note', label: 'Note', width: 320 },
        ],
      },
      { on: { onRowOpen: [{ do: 'openModal', modal: 'detail' }] } },
    ),
    detail: part('modal', 'a5', [0, 20, 12, 12], {
      title: 'Flight {{ flights.selectedRow.id }}',
      size: 'drawer',
    }),
    form: part(
      'form',
      'a0',
      [0, 0, 12, 12],
      { title: 'Change' },
      {
        parent: 'detail',
        on: {
          onSubmit: [
            {
              do: 'runQuery',
              query: 'save_note',
              onSuccess: [
                { do: 'notify', message: 'Saved.', tone: 'ok' },
                { do: 'runQuery', query: 'list_flights' },
              ],
            },
          ],
        },
      },
    ),
    note: part(
      'textInput',
      'a0',
      [0, 0, 12, 4],
      { label: 'Note', required: true, value: '{{ flights.selectedRow.note }}' },
      { parent: 'form' },
    ),
    save: part(
      'button',
      'a1',
      [8, 5, 4, 2],
      { label: 'Save', variant: 'primary', submit: true },
      { parent: 'form' },
    ),
  };
  const other = {
    greeting: part('text', 'a0', [0, 0, 12, 2], { text: 'Hello {{ url.searchParams.who }}' }),
    wrong: part('text', 'a1', [0, 2, 6, 2], { text: '{{ figures.dat.length }}' }),
    right: part('text', 'a2', [6, 2, 6, 2], { text: 'Still here: {{ 1 + 2 }}' }),
    box: part('container', 'a3', [0, 4, 6, 26], { title: 'Inputs' }),
    amount: part('numberInput', 'a0', [0, 0, 6, 3], { label: 'Amount', value: 2450 }, { parent: 'box' }),
    day: part('date', 'a1', [6, 0, 6, 3], { label: 'Day' }, { parent: 'box' }),
    size: part(
      'select',
      'a2',
      [0, 3, 6, 3],
      {
        label: 'Size',
        options: [
          { label: 'One', value: 1 },
          { label: 'Two', value: 2 },
        ],
      },
      { parent: 'box' },
    ),
    urgent: part('checkbox', 'a3', [6, 3, 6, 2], { label: 'Urgent', style: 'switch' }, { parent: 'box' }),
    echo: part(
      'text',
      'a4',
      [0, 6, 12, 4],
      {
        text: '{{ JSON.stringify({ amount: amount.value, day: day.value, size: size.value, until: until.value, urgent: urgent.value }) }}',
      },
      { parent: 'box' },
    ),
    until: part(
      'date',
      'a5',
      [0, 10, 6, 3],
      {
        label: 'Until',
        required: true,
        withTime: true,
        zone: 'none',
        max: '2026-11-22',
        value: '2026-11-22T08:00:00',
      },
      { parent: 'box' },
    ),
    leave: part(
      'button',
      'a6',
      [6, 10, 6, 2],
      { label: 'Leave', hidden: '{{ variables.left }}' },
      { parent: 'box', on: { onClick: [{ do: 'setVariable', name: 'left', value: true }] } },
    ),
    lines: part(
      'textInput',
      'a7',
      [0, 13, 12, 4],
      { label: 'Lines', format: 'multiline', value: 'one\r\ntwo' },
      { parent: 'box' },
    ),
    port: part(
      'select',
      'a8',
      [0, 17, 6, 3],
      { label: 'Port', options: ['Ankara', 'East Berlin', 'Berlin', 'Öztürk'], value: 'Ankara' },
      { parent: 'box' },
    ),
    ports: part(
      'select',
      'a9',
      [6, 17, 6, 3],
      { label: 'Ports', options: ['Ankara', 'East Berlin', 'Berlin', 'Öztürk'], multiple: true },
      { parent: 'box' },
    ),
    chosenPorts: part(
      'text',
      'aA',
      [0, 20, 12, 2],
      { text: 'Ports: {{ JSON.stringify([port.value, ports.value]) }}' },
      { parent: 'box' },
    ),
    since: part(
      'date',
      'aB',
      [0, 22, 6, 3],
      {
        label: 'Since',
        required: true,
        value: '2026-10-31T22:00:00-05:00',
        hint: 'The first day',
        tooltip: 'Of the lease',
      },
      { parent: 'box' },
    ),
    who: part('statistic', 'a5', [0, 30, 6, 3], { label: 'Who', value: '{{ url.searchParams.who }}' }),
    map: part(
      'button',
      'a7',
      [6, 30, 6, 2],
      { label: 'On the map' },
      {
        on: {
          onClick: [
            { do: 'runQuery', query: 'figures' },
            { do: 'goTo', url: 'https://map.example/{{ figures.data[0].flights }}' },
          ],
        },
      },
    ),
    broken: part('chart', 'a6', [0, 34, 6, 8], { title: 'Broken', data: '{{ figures.dat.rows }}' }),
    maps: part('table', 'a8', [0, 42, 12, 8], {
      title: 'Maps',
      data: '{{ busy.data.map((row) => ({ ...row, map: "https://map.example/SFO" })) }}',
      columns: [{ name: 'carrier' }, { name: 'map', format: 'link' }, { name: 'flights' }],
    }),
    chart: part('chart', 'a4', [6, 4, 6, 16], {
      title: 'Busiest',
      data: '{{ busy.data }}',
      x: 'carrier',
      y: 'flights',
    }),
  };
  return AppBundle.parse({
    format: 'sallyport.app/1',
    name: 'Desk',
    home: 'list',
    variables: { left: false },
    pages: {
      list: { title: 'List', order: 'a0', components: list },
      other: { title: 'Other', order: 'a1', components: other },
    },
    queries: {
      list_flights: sql(
        source,
        'select id, origin, destination, departed_at, distance_miles, note from flights order by id',
        { windowed: true },
      ),
      figures: sql(source, 'select count(*) as flights from flights'),
      busy: sql(
        source,
        'select origin as carrier, count(*) as flights from flights group by origin order by 2 desc limit 8',
      ),
      save_note: sql(
        source,
        'update flights set note = {{ note.value }} where id = {{ flights.selectedRow.id }}',
        {
          run: 'manual',
          confirm: 'Save this note?',
          expectRows: { exactly: 1 },
        },
      ),
      add_flight: sql(
        source,
        `insert into flights (id, departed_at, origin, destination, distance_miles) overriding system value
select {{ flights.selectedKey }}::bigint, departed_at, origin, destination, distance_miles
from flights where id = 1`,
        { run: 'manual' },
      ),
      drop_flight: sql(source, 'delete from flights where id = {{ flights.selectedKey }}', { run: 'manual' }),
      impossible: sql(source, 'select 1 / (count(*) - count(*)) as never from airports', { run: 'manual' }),
    },
  }) as AppBundle;
}
