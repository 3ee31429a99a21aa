import { z } from 'zod';
import { route } from './route.ts';
import { Id, Instant, JsonValue, page, pageQuery } from './values.ts';

export const AuditRecord = z.strictObject({
  id: Id,
  /** Its place in the log; null for the moment (under a second) before the sequencer gives one. */
  index: z.number().int().nullable(),
  at: Instant,
  event: z.string(),
  actor: z.strictObject({
    kind: z.enum(['person', 'anonymous']),
    id: Id.nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    via: z.enum(['session', 'token']).nullable(),
  }),
  address: z.string().nullable(),
  device: z.string().nullable(),
  target: z.strictObject({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  outcome: z.enum(['allowed', 'refused', 'failed']),
  /** Ids of the policies that decided. */
  policies: z.array(z.string()),
  requestId: z.string(),
  data: z.record(z.string(), JsonValue),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export const InclusionProof = z.strictObject({
  index: z.number().int(),
  treeSize: z.number().int(),
  /** Hex. */
  leafHash: z.string(),
  /** Sibling hashes from the leaf to the root, hex (RFC 6962, 2.1.1). */
  path: z.array(z.string()),
  rootHash: z.string(),
  /** The signed C2SP checkpoint over that root. */
  checkpoint: z.string(),
  /** What is hashed for the leaf, as text. */
  leaf: z.string(),
});
export type InclusionProof = z.infer<typeof InclusionProof>;

const organizationLog = {
  listAuditRecords: route({
    operationId: 'listAuditRecords',
    method: 'GET',
    path: '/v1/audit/records',
    permission: 'audit:read',
    audit: null,
    summary: 'List records, newest first. A page of search results may be short and still have a next one',
    query: z.strictObject({
      ...pageQuery,
      event: z.string().max(80).optional(),
      actorId: Id.optional(),
      outcome: z.enum(['allowed', 'refused', 'failed']).optional(),
      targetId: z.string().max(100).optional(),
      from: Instant.optional(),
      to: Instant.optional(),
      search: z.string().max(100, 'A search has at most 100 characters.').optional(),
    }),
    response: page(AuditRecord),
  }),
  getAuditRecord: route({
    operationId: 'getAuditRecord',
    method: 'GET',
    path: '/v1/audit/records/:id',
    permission: 'audit:read',
    audit: null,
    summary: 'Get a record with its inclusion proof',
    params: z.strictObject({ id: Id }),
    response: z.strictObject({ record: AuditRecord, proof: InclusionProof.nullable() }),
  }),
  getCheckpoint: route({
    operationId: 'getCheckpoint',
    method: 'GET',
    path: '/v1/audit/checkpoint',
    permission: 'audit:read',
    audit: null,
    summary: 'Get the newest signed checkpoint and the public key that verifies it',
    response: z.strictObject({
      origin: z.string(),
      treeSize: z.number().int(),
      rootHash: z.string().nullable(),
      checkpoint: z.string().nullable(),
      signedAt: Instant.nullable(),
      publicKey: z.string(),
      pending: z.number().int(),
    }),
  }),
  listAuditEvents: route({
    operationId: 'listAuditEvents',
    method: 'GET',
    path: '/v1/audit/events',
    permission: 'audit:read',
    audit: null,
    summary: 'List every kind of event that can be recorded',
    response: z.strictObject({ items: z.array(z.strictObject({ event: z.string(), summary: z.string() })) }),
  }),
  exportAudit: route({
    operationId: 'exportAudit',
    method: 'GET',
    path: '/v1/audit/export',
    permission: 'audit:export',
    audit: 'audit.exported',
    summary: 'Export the organization’s log as NDJSON, for `sallyport audit verify`',
    response: null,
    produces: ['application/x-ndjson'],
  }),
};

/** The same over the log of the installation itself, for who operates it. */
const installationLog = {
  listInstallationRecords: route({
    ...organizationLog.listAuditRecords,
    operationId: 'listInstallationRecords',
    path: '/v1/installation/audit/records',
    permission: 'installation-audit:read',
    summary:
      'List records of the installation’s log, newest first. A page of search results may be short and still have a next one',
  }),
  getInstallationRecord: route({
    ...organizationLog.getAuditRecord,
    operationId: 'getInstallationRecord',
    path: '/v1/installation/audit/records/:id',
    permission: 'installation-audit:read',
    summary: 'Get a record of the installation’s log with its inclusion proof',
  }),
  getInstallationCheckpoint: route({
    ...organizationLog.getCheckpoint,
    operationId: 'getInstallationCheckpoint',
    path: '/v1/installation/audit/checkpoint',
    permission: 'installation-audit:read',
    summary: 'Get the newest signed checkpoint of the installation’s log and the public key that verifies it',
  }),
  exportInstallationLog: route({
    ...organizationLog.exportAudit,
    operationId: 'exportInstallationLog',
    path: '/v1/installation/audit/export',
    permission: 'installation-audit:export',
    summary: 'Export the installation’s log as NDJSON, for `sallyport audit verify`',
  }),
};

export const audit = { ...organizationLog, ...installationLog };

const organizationVault = {
  getVault: route({
    operationId: 'getVault',
    method: 'GET',
    path: '/v1/vault',
    permission: 'vault:read',
    audit: null,
    summary: 'Get the organization’s data key and the state of its rotation',
    response: z.strictObject({
      rootKeyId: z.string(),
      dataKeyId: z.string(),
      sealedValues: z.number().int(),
      rotation: z
        .strictObject({
          id: Id,
          startedAt: Instant,
          finishedAt: Instant.nullable(),
          total: z.number().int(),
          done: z.number().int(),
          /** Values that could not be opened: they and their old key are left as they are, and the log names them. */
          unopened: z.number().int(),
        })
        .nullable(),
    }),
  }),
  rotateVault: route({
    operationId: 'rotateVault',
    method: 'POST',
    path: '/v1/vault/rotations',
    permission: 'vault:rotate',
    audit: 'vault.rotation_started',
    status: 202,
    summary:
      'Rotate the organization’s data key and re-encrypt every value under it, online; resumes after a crash',
    response: z.strictObject({ id: Id, total: z.number().int() }),
  }),
};

/** The same over the key of the installation itself, which seals the secrets of authenticator apps. */
const installationVault = {
  getInstallationVault: route({
    ...organizationVault.getVault,
    operationId: 'getInstallationVault',
    path: '/v1/installation/vault',
    permission: 'installation-vault:read',
    summary: 'Get the installation’s data key and the state of its rotation',
  }),
  rotateInstallationVault: route({
    ...organizationVault.rotateVault,
    operationId: 'rotateInstallationVault',
    path: '/v1/installation/vault/rotations',
    permission: 'installation-vault:rotate',
    summary: 'Rotate the installation’s data key, online',
  }),
};

export const vault = { ...organizationVault, ...installationVault };
