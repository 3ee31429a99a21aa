/** Holds the table of docs/architecture.md: who may import whom. Each message names the right door. */
const CONTEXTS = {
  audit: [],
  vault: ['audit'],
  identity: ['audit', 'vault'],
  access: ['audit'],
  sources: ['audit', 'vault', 'access'],
  catalog: ['access', 'sources'],
  gateway: ['audit', 'vault', 'access', 'sources'],
  apps: ['audit', 'access', 'catalog', 'gateway'],
};
const tests = '\\.(test|spec)\\.tsx?$';
const contexts = '^server/src/contexts';
// Each folder that is no common ground, so that a new one is held from its first file on.
const engine = '^connectors/(?!(?:suite|language)/)([^/]+)/';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'A cycle means that the boundary is wrong: move what both need (an import of types only is none). Only components of the web app may contain components.',
      { pathNot: '^web/src/' },
      { circular: true },
    ),
    rule(
      'contract-is-pure',
      'The contract imports zod and itself, and nothing else.',
      { path: '^contract/src', pathNot: tests },
      { pathNot: '^(contract/src|node_modules/zod)' },
    ),
    rule(
      'kernel-imports-nothing',
      'The kernel imports only itself and node.',
      { path: '^server/src/kernel' },
      { pathNot: ['^server/src/kernel', '^node:'], dependencyTypesNot: ['core'] },
    ),
    rule(
      'platform-knows-no-context',
      'Platform is below the contexts: pass what it needs as an argument from compose.ts.',
      { path: '^server/src/platform' },
      { path: '^server/src/(contexts|main)' },
    ),
    rule(
      'connectors-import-the-port',
      'A connector imports connectors/port, connectors/language, the contract and its own folder.',
      { path: engine, pathNot: tests },
      { path: '^(server|web|cli)/' },
    ),
    rule(
      'connectors-stay-apart',
      'One connector never imports another.',
      { path: engine, pathNot: tests },
      { path: engine, pathNot: '^connectors/$1/' },
    ),
    rule(
      'web-is-a-client',
      'The web app and the CLI are clients: they import the contract only.',
      { path: '^(web|cli)/src', pathNot: tests },
      { path: '^(server|connectors)/' },
    ),
    rule(
      'server-serves-no-client',
      'The server does not import the web app or the CLI.',
      { path: '^server/src', pathNot: tests },
      { path: '^(web|cli)/' },
    ),
    rule(
      'no-tests-in-source',
      'No test code in what ships.',
      { path: '^(server/src|connectors|contract|web/src|cli/src)', pathNot: [tests, '^connectors/suite/'] },
      { path: ['^server/test/', '^e2e/', tests] },
    ),
    rule(
      'one-outbound-guard',
      'Only platform/outbound opens connections: take a Dial.',
      {
        path: '^(server/src|connectors)',
        pathNot: ['^server/src/platform/(outbound|http|embedded-postgres|db)', tests, '^connectors/suite/'],
      },
      { path: '^(node:)?(net|tls|http|https|http2|dgram)$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'node-http-without-fetch',
      'Take what is needed of node:http from platform/http/node-http.ts: an import of the module loads Node’s fetch.',
      { path: '^(server/src|connectors)', pathNot: [tests, '^connectors/suite/'] },
      { path: '^(node:)?http$', dependencyTypesNot: ['type-only'] },
    ),
    ...Object.entries({ undici: 'rest', mysql2: 'mysql' }).map(([client, connector]) =>
      rule(
        `${client}-in-its-connector`,
        `Only connectors/${connector} uses ${client}, over the Dial that it is given.`,
        {
          path: '^(server/src|connectors)',
          pathNot: [`^connectors/${connector}/`, tests, '^connectors/suite/'],
        },
        { path: `(^|node_modules/)${client}(/|$)`, dependencyTypesNot: ['type-only'] },
      ),
    ),
    rule(
      'connectors-through-the-gateway',
      'Only the gateway and compose.ts open connectors; pure engine language too.',
      { path: contexts, pathNot: [`${contexts}/(gateway|sources|catalog)/`, tests] },
      { path: '^connectors/' },
    ),
    rule(
      'every-context-is-in-the-table',
      'Say whom this context may call: above, and in docs/architecture.md.',
      { path: `${contexts}/`, pathNot: `${contexts}/(${Object.keys(CONTEXTS).join('|')})/` },
      { path: '.' },
    ),
    ...Object.entries(CONTEXTS).map(([name, may]) =>
      rule(
        `${name}-calls`,
        `${name} may call: ${may.join(', ') || 'no other context'}. See docs/architecture.md.`,
        { path: `${contexts}/${name}/`, pathNot: tests },
        {
          path: `${contexts}/`,
          pathNot: [`${contexts}/${name}/`, ...may.map((m) => `${contexts}/${m}/index\\.ts$`)],
        },
      ),
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^[a-z]+/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
