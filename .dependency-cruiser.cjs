/**
 * The import table. Whatever is not named here is not allowed: a module may import from its own area and
 * from the areas below it, never up or sideways. See server/README.md.
 */
const area = (name) => `^server/${name}/`;
const engineOrder = [
  'context',
  'errors',
  'paging',
  'events',
  'auth',
  'policy',
  'views',
  'devices',
  'control',
  'lineages',
  'staging',
  'mirror',
  'telemetry',
  'materialize',
  'governance',
  'registry',
  'bulk',
  'ingest',
  'uploads',
  'drift',
  'retention',
  'diagnosis',
  'webhooks',
];
const tests = '\\.(test|pg\\.test|spec)\\.tsx?$';
const pure = [area('lib'), area('protocol'), area('contract')];
const allow = (from, to) => ({ from: { path: from, pathNot: tests }, to: { path: to } });

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-framework-in-the-engine',
      comment: 'next, react and server-only belong to console and http; the engine runs in any process.',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/(console|http|testing)/' },
      to: { path: 'node_modules/(next|next-auth|react|react-dom|server-only)/' },
    },
    {
      name: 'not-to-dev-dependency',
      severity: 'error',
      from: { path: '^(app|components|server)/', pathNot: `${tests}|^server/testing/` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  allowed: [
    { from: {}, to: { path: 'node_modules' } },
    { from: {}, to: { dependencyTypes: ['core'] } },
    { from: {}, to: { dependencyTypes: ['type-only', 'npm'] } },
    { from: { path: tests }, to: {} },
    { from: { path: '^(e2e|scripts|bench)/' }, to: {} },
    allow(area('lib'), area('lib')),
    allow(area('protocol'), [area('protocol'), area('lib')]),
    allow(area('contract'), pure),
    allow(area('db'), [area('db'), '^drizzle/meta/_journal\\.json$', ...pure]),
    // Inside the engine a folder imports only folders named before it.
    ...engineOrder.map((name, i) =>
      allow(`^server/engine/${name}(/|\\.ts$)`, [
        ...engineOrder.slice(0, i + 1).map((n) => `^server/engine/${n}(/|\\.ts$)`),
        area('db'),
        ...pure,
      ]),
    ),
    allow(area('worker'), [area('worker'), area('engine'), area('db'), ...pure]),
    allow(area('broker'), [area('broker'), area('engine'), area('db'), ...pure]),
    allow(area('agent'), [area('agent'), area('protocol'), area('lib')]),
    // The typed client and the command line know the API alone, as anybody's script does.
    allow(area('client'), area('client')),
    allow(area('cli'), [area('cli'), area('client'), area('lib')]),
    allow(area('console'), [area('console'), area('engine'), area('db'), ...pure]),
    allow(area('http'), [area('http'), area('engine'), area('db'), ...pure]),
    // runtime starts processes and reads the environment; nobody imports it but the web's own start.
    allow(area('runtime'), [
      area('runtime'),
      area('worker'),
      area('broker'),
      area('agent'),
      area('engine'),
      area('db'),
      ...pure,
    ]),
    // The process's pool, settings and clock.
    allow('^server/(console|http)/', '^server/runtime/web\\.ts$'),
    allow(area('testing'), '^server/'),
    allow('^components/', ['^components/', '^server/(protocol|contract)/', '^server/console/actions/']),
    allow('^app/', ['^app/', '^components/', area('console'), area('http'), area('engine'), ...pure]),
    allow('^(instrumentation|proxy)\\.ts$', ['^server/']),
  ],
  allowedSeverity: 'error',
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.module\\.css$|^\\.next|^dist' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'require', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
