// What a run is compared with: node:http, a pool and JSON.stringify; no session, policy, binding or record.
import { createServer } from 'node:http';
import pg from 'pg';

const [connectionString, ...statements] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 10 });
const server = createServer(async (request, response) => {
  const statement = statements[Number(request.url?.slice(1))];
  const { rows } = await pool.query(statement ?? 'select 1');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(rows));
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit());
