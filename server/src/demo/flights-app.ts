import { AppBundle, type Handler } from '@sallyport/contract';
import { generateNKeysBetween } from 'fractional-indexing';

interface Piece {
  readonly type: string;
  readonly parent?: string;
  /** x y w h */
  readonly at: readonly [number, number, number, number];
  readonly props?: Readonly<Record<string, unknown>>;
  readonly on?: Readonly<Record<string, readonly Handler[]>>;
}

/** The demo's app over the flights database: a list to work in, charts to read, and one write. */
export function flightsApp(source: string): AppBundle {
  const sql = (text: string, more: object = {}) => ({ kind: 'sql', source, text, run: 'auto', ...more });
  return AppBundle.parse({
    format: 'sallyport.app/1',
    name: 'Flight desk',
    home: 'flights',
    pages: {
      flights: { title: 'Flights', order: 'a0', components: components(FLIGHTS) },
      delays: { title: 'Delays', order: 'a1', components: components(DELAYS) },
      films: { title: 'Films', order: 'a2', components: components(FILMS) },
    },
    queries: {
      list_flights: sql(
        `select f.id, f.departed_at, f.origin, o.city as origin_city, f.destination, d.city as destination_city,
       f.delay_minutes, f.distance_miles, f.note
from flights f
join airports o on o.iata = f.origin
join airports d on d.iata = f.destination
where ({{ origin.value }} is null or f.origin = {{ origin.value }})
  and ({{ min_delay.value }} is null or f.delay_minutes >= {{ min_delay.value }})
order by departed_at desc, id`,
        { windowed: true },
      ),
      flight_figures: sql(`select count(*) as flights,
       round(avg(delay_minutes), 1) as average_delay,
       round(count(*) filter (where delay_minutes >= 60)::numeric / nullif(count(*), 0), 4) as late_share
from flights
where {{ origin.value }} is null or origin = {{ origin.value }}`),
      busy_airports: sql(`select a.iata as value, a.iata || '  ' || a.city as label
from airports a
join (select origin, count(*) as departures from flights group by origin) f on f.origin = a.iata
order by f.departures desc
limit 100`),
      save_note: sql(
        'update flights set note = {{ note.value || null }} where id = {{ flights_table.selectedRow.id }}',
        {
          run: 'manual',
          expectRows: { exactly: 1 },
        },
      ),
      delay_by_hour:
        sql(`select extract(hour from departed_at)::integer as hour, round(avg(delay_minutes), 1) as minutes
from flights
group by 1
order by 1`),
      delay_by_airport:
        sql(`select origin as airport, round(avg(delay_minutes), 1) as minutes, count(*) as flights
from flights
group by origin
having count(*) >= {{ least_flights.value }}
order by minutes desc
limit 20`),
      list_films: sql(
        `select id, title, director, genre, released_on, imdb_rating, imdb_votes, budget_usd, worldwide_gross_usd
from movies
order by imdb_votes desc nulls last, id`,
        { windowed: true },
      ),
      gross_by_genre: sql(`select genre, round(sum(worldwide_gross_usd) / 1000000) as millions
from movies
where genre is not null
group by genre
order by millions desc`),
    },
  }) as AppBundle;
}

function components(pieces: Readonly<Record<string, Piece>>) {
  const names = Object.keys(pieces);
  const orders = generateNKeysBetween(null, null, names.length);
  return Object.fromEntries(
    Object.entries(pieces).map(([id, { at, ...piece }], i) => [
      id,
      { ...piece, order: orders[i], layout: { x: at[0], y: at[1], w: at[2], h: at[3] } },
    ]),
  );
}

const FLIGHTS: Readonly<Record<string, Piece>> = {
  flights_title: {
    type: 'text',
    at: [0, 0, 12, 2],
    props: { text: 'Flights of January 2001', size: 'title' },
  },
  total: {
    type: 'statistic',
    at: [0, 2, 4, 4],
    props: { label: 'Flights', value: '{{ flight_figures.data[0].flights }}' },
  },
  average: {
    type: 'statistic',
    at: [4, 2, 4, 4],
    props: {
      label: 'Average delay',
      value: '{{ flight_figures.data[0].average_delay }}',
      caption: 'minutes',
    },
  },
  late: {
    type: 'statistic',
    at: [8, 2, 4, 4],
    props: {
      label: 'An hour late or more',
      value: '{{ flight_figures.data[0].late_share }}',
      format: 'percent',
    },
  },
  origin: {
    type: 'select',
    at: [0, 6, 4, 3],
    props: { label: 'From', placeholder: 'Any airport', options: '{{ busy_airports.data }}' },
  },
  min_delay: {
    type: 'numberInput',
    at: [4, 6, 4, 3],
    props: { label: 'Late by at least', placeholder: 'minutes', min: 0, decimals: 0 },
  },
  flights_table: {
    type: 'table',
    at: [0, 9, 12, 20],
    props: {
      query: 'list_flights',
      columns: [
        { name: 'id', label: 'ID', hidden: true },
        { name: 'departed_at', label: 'Departed', format: 'datetime' },
        { name: 'origin', label: 'From', width: 72 },
        { name: 'origin_city', label: 'City' },
        { name: 'destination', label: 'To', width: 72 },
        { name: 'destination_city', label: 'City' },
        { name: 'delay_minutes', label: 'Delay, min', format: 'number' },
        { name: 'distance_miles', label: 'Miles', format: 'number' },
        { name: 'note', label: 'Note' },
      ],
      emptyText: 'No flight was that late.',
    },
    on: { onRowOpen: [{ do: 'openModal', modal: 'flight' }] },
  },
  flight: {
    type: 'modal',
    at: [0, 29, 12, 4],
    props: {
      title: '{{ flights_table.selectedRow.origin }} to {{ flights_table.selectedRow.destination }}',
      size: 'drawer',
    },
  },
  flight_route: {
    type: 'text',
    parent: 'flight',
    at: [0, 0, 12, 2],
    props: {
      text: '{{ flights_table.selectedRow.origin_city }} to {{ flights_table.selectedRow.destination_city }}',
      size: 'heading',
    },
  },
  flight_delay: {
    type: 'statistic',
    parent: 'flight',
    at: [0, 2, 6, 4],
    props: { label: 'Delay', value: '{{ flights_table.selectedRow.delay_minutes }}', caption: 'minutes' },
  },
  flight_distance: {
    type: 'statistic',
    parent: 'flight',
    at: [6, 2, 6, 4],
    props: { label: 'Distance', value: '{{ flights_table.selectedRow.distance_miles }}', caption: 'miles' },
  },
  flight_form: {
    type: 'form',
    parent: 'flight',
    at: [0, 6, 12, 8],
    props: { border: false },
    on: {
      onSubmit: [
        {
          do: 'runQuery',
          query: 'save_note',
          onSuccess: [
            { do: 'notify', message: 'Note saved.', tone: 'ok' },
            { do: 'closeModal', modal: 'flight' },
            { do: 'control', component: 'flights_table', method: 'refresh' },
          ],
        },
      ],
    },
  },
  note: {
    type: 'textInput',
    parent: 'flight_form',
    at: [0, 0, 12, 5],
    props: {
      label: 'Note',
      format: 'multiline',
      value: '{{ flights_table.selectedRow.note }}',
      placeholder: 'Seen by everyone who uses this app',
      maxLength: 500,
    },
  },
  note_save: {
    type: 'button',
    parent: 'flight_form',
    at: [8, 5, 4, 2],
    props: { label: 'Save', variant: 'primary', submit: true },
  },
};

const DELAYS: Readonly<Record<string, Piece>> = {
  delays_title: {
    type: 'text',
    at: [0, 0, 12, 2],
    props: { text: 'When and where flights are late', size: 'title' },
  },
  hours_chart: {
    type: 'chart',
    at: [0, 2, 12, 12],
    props: {
      title: 'Average delay by hour of departure, minutes',
      data: '{{ delay_by_hour.data }}',
      type: 'bar',
      x: 'hour',
      y: 'minutes',
    },
  },
  least_flights: {
    type: 'numberInput',
    at: [0, 14, 4, 3],
    props: { label: 'Airports with at least … flights', value: 1000, min: 1, decimals: 0, required: true },
  },
  airports_chart: {
    type: 'chart',
    at: [0, 17, 12, 12],
    props: {
      title: 'Average delay by airport, minutes',
      data: '{{ delay_by_airport.data }}',
      type: 'bar',
      x: 'airport',
      y: 'minutes',
    },
  },
};

const FILMS: Readonly<Record<string, Piece>> = {
  films_title: { type: 'text', at: [0, 0, 12, 2], props: { text: 'Films', size: 'title' } },
  films_table: {
    type: 'table',
    at: [0, 16, 12, 22],
    props: {
      query: 'list_films',
      columns: [
        { name: 'id', label: 'ID', hidden: true },
        { name: 'title', label: 'Title' },
        { name: 'director', label: 'Director' },
        { name: 'genre', label: 'Genre', format: 'tag' },
        { name: 'released_on', label: 'Released', format: 'date' },
        { name: 'imdb_rating', label: 'Rating', format: 'number' },
        { name: 'imdb_votes', label: 'Votes', format: 'number' },
        {
          name: 'worldwide_gross_usd',
          label: 'Worldwide gross',
          format: 'currency',
          currency: 'USD',
          width: 170,
        },
      ],
    },
  },
  genre_chart: {
    type: 'chart',
    at: [0, 2, 12, 14],
    props: {
      title: 'Worldwide gross by genre, million US$',
      data: '{{ gross_by_genre.data }}',
      type: 'bar',
      x: 'genre',
      y: 'millions',
    },
  },
};
