create table airports (
  iata text primary key,
  name text not null,
  city text,
  state text,
  country text not null,
  latitude double precision not null,
  longitude double precision not null
);
comment on table airports is 'Airports of the United States';

create table flights (
  id bigint generated always as identity primary key,
  departed_at timestamp not null,
  origin text not null,
  destination text not null,
  delay_minutes integer,
  distance_miles integer not null,
  note text
);
comment on table flights is 'Domestic flights of January 2001';
comment on column flights.departed_at is 'Local time at the origin';

create table movies (
  id integer generated always as identity primary key,
  title text not null,
  director text,
  genre text,
  rating text,
  distributor text,
  released_on date,
  running_minutes integer,
  budget_usd numeric(14, 2),
  worldwide_gross_usd numeric(14, 2),
  imdb_rating numeric(3, 1),
  imdb_votes integer,
  favourite boolean not null default false
);
