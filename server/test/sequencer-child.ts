import { createAudit } from '../src/contexts/audit/index.ts';
import { newId, type OrganizationId } from '../src/kernel/ids.ts';
import { openDb } from '../src/platform/db/db.ts';
import { openSealer, testEvents } from './audited-database.ts';
import { personCall } from './person-call.ts';

/**
 * A process that records and sequences until it is killed, and says on standard output which records were acknowledged.
 * Its one argument is JSON: app, system, organization.
 */
const given = JSON.parse(process.argv[2] as string);
const organization = given.organization as OrganizationId;
const db = openDb({ app: given.app, system: given.system });
const audit = createAudit({ db, connection: given.system, events: testEvents });
const say = (what: unknown) => process.stderr.write(`${what}\n`);
await audit.start(openSealer, say, say);

const writer = async (how: (text: string) => Promise<void>) => {
  for (;;) {
    const text = newId<string>();
    await how(text);
    process.stdout.write(`${text}\n`);
  }
};
const entry = (text: string) => ({ event: 'thing.done', data: { text } });
for (let i = 0; i < 8; i++) {
  writer((text) => audit.append(organization, personCall(organization), entry(text)));
}
for (let i = 0; i < 3; i++) {
  writer((text) => db.tenant(organization, (tx) => audit.record(tx, personCall(organization), entry(text))));
}
