import { createAudit } from '../src/contexts/audit/index.ts';
import { createVault, events, localRootKey } from '../src/contexts/vault/index.ts';
import { Secret } from '../src/kernel/secret.ts';
import { openDb } from '../src/platform/db/db.ts';
import { sealedThings } from './sealed-things.ts';

/** A process that takes up rotations until it is killed. Its one argument is JSON: app, system, root (hex). */
const given = JSON.parse(process.argv[2] as string);
const db = openDb({ app: given.app, system: given.system });
const audit = createAudit({ db, connection: given.system, events });
const root = localRootKey(new Secret(Buffer.from(given.root, 'hex')));
const vault = await createVault({ db, root, audit });
vault.register(sealedThings);
vault.start((fault) => process.stderr.write(`${fault}\n`));
setInterval(() => undefined, 1_000);
