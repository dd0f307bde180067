/** The table "who may import whom" of docs/decisions/000-house.md, enforced. Types count. */
const layers = {
  base: [],
  protocol: ['base'],
  net: [],
  tokens: [],
  policy: [],
  revocation: [],
  workers: [],
  issuers: ['net', 'tokens'],
  opaque: ['net', 'tokens'],
  status: ['net', 'tokens'],
  edge: ['net', 'revocation'],
  access: ['tokens', 'issuers', 'opaque', 'status', 'revocation', 'policy'],
  gateway: ['access', 'net'],
  provider: ['access', 'net', 'opaque', 'status', 'revocation'],
  signals: ['net', 'tokens', 'issuers', 'revocation'],
  admin: ['net', 'tokens', 'policy', 'revocation', 'issuers', 'opaque', 'status', 'access', 'gateway', 'provider'],
  store: ['revocation', 'opaque', 'provider', 'admin'],
  config: [
    'net',
    'tokens',
    'policy',
    'revocation',
    'issuers',
    'opaque',
    'status',
    'access',
    'gateway',
    'provider',
    'signals',
    'admin',
  ],
  observability: [
    'net',
    'tokens',
    'policy',
    'revocation',
    'issuers',
    'opaque',
    'status',
    'access',
    'gateway',
    'provider',
    'signals',
    'admin',
    'workers',
  ],
};
const domain = Object.keys(layers).filter((module) => module !== 'base' && module !== 'protocol');
layers.app = domain;
layers.cli = [...domain, 'app'];
layers.lab = [...domain, 'app'];

const modules = Object.keys(layers);

const mayImport = modules.map((module) => {
  const allowed = new Set([
    module,
    ...layers[module],
    ...(module === 'base' ? [] : ['base']),
    ...(module === 'base' || module === 'protocol' ? [] : ['protocol']),
  ]);
  const forbidden = modules.filter((other) => !allowed.has(other));
  return {
    name: `${module}-imports-only-what-lies-below`,
    severity: 'error',
    from: { path: `^src/${module}/`, pathNot: '\\.test\\.ts$' },
    to: { path: `^src/(${forbidden.join('|')})/` },
  };
});

const doors = modules
  .filter((module) => module !== 'base' && module !== 'protocol' && module !== 'cli')
  .map((module) => ({
    name: `${module}-is-entered-by-its-door`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${module}/|\\.test\\.ts$` },
    to: { path: `^src/${module}/`, pathNot: `^src/${module}/index\\.ts$|^src/store/(sqlite|postgres)/index\\.ts$` },
  }));

const only = (name, target, importers) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: `${importers}|\\.test\\.ts$` },
  to: { path: target },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-dependency-at-run-time',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
    { name: 'tests-are-imported-by-nobody', severity: 'error', from: {}, to: { path: '\\.test\\.ts$' } },
    ...mayImport,
    ...doors,
    only('oidc-provider-has-one-importer', 'node_modules/(@types/)?oidc-provider/', '^src/provider/'),
    only('oauth4webapi-has-one-importer', 'node_modules/oauth4webapi/', '^src/provider/federation/'),
    only('verified-tokens-come-from-verification', '^src/protocol/mark-verified\\.ts$', '^src/(tokens|opaque)/'),
    only('cel-has-one-importer', 'node_modules/@marcbachmann/cel-js/', '^src/policy/'),
    only('kysely-stays-in-the-store', 'node_modules/(kysely|pg)/', '^src/store/'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
