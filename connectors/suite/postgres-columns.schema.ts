/** The tables that the statements of the columns' tests are about: names that stand in several, and kinds of relations. */
export const SCHEMA = `
create schema app;
create type place as (city text, zip text);
create table orders (id int primary key, customer int, status text, total numeric, note text, placed date, meta jsonb,
  home place, tags text[]);
create table customers (id int primary key, name text, mail text, region int, ssn text);
create table lines (id int primary key, oid int, sku text, qty int, price numeric);
create table regions (region int primary key, label text, note text);
create table app.orders (id int primary key, secret text, status text);
create table pairs (a int, b int, c int, d int, primary key (a, b), constraint pairs_c unique (c));
create table made (id int generated always as identity primary key, first text, last text,
  fullname text generated always as (first || ' ' || last) stored);
create table "Odd ""Name""" ("Weird Col" int, "select" int, "*" int);
create table empty ();
create table parts (id int, kind text, note text) partition by list (kind);
create table parts_a partition of parts for values in ('a');
create view open_orders as select id, status, total from orders where status = 'open';
create function label_of(o orders) returns text language sql stable as 'select o.status';
create function some_rows(n int) returns table (id int, word text) language sql stable as 'select 1, ''x''::text';
create sequence counter;
`;
