const pack = (name) => `^packages/${name}/`;
const ownOr = (...names) => ['^(packages|services)/$1/', ...names.map(pack)].join('|');

/** Only these may be imported by a package, besides itself and what npm and Node give. */
const layer = (name, ...allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: `^packages/(${name})/src/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^(packages|services)/', pathNot: ownOr(...allowed) },
});

module.exports = {
  forbidden: [
    {
      name: 'contracts-zod-only',
      severity: 'error',
      from: { path: '^packages/contracts/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/contracts/|node_modules/zod' },
    },
    layer('boosting', 'contracts'),
    layer('learning', 'boosting', 'contracts'),
    layer('forecasting', 'boosting', 'contracts'),
    layer('onnx', 'boosting', 'contracts', 'learning'),
    layer('datasets', 'contracts'),
    layer('database', 'contracts'),
    layer('sagemaker', 'contracts', 'forecasting', 'platform'),
    layer('warehouse', 'database', 'platform'),
    layer('platform', 'contracts', 'database'),
    layer('fred-sample'),
    {
      name: 'services-apart',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-below-cli',
      severity: 'error',
      from: { path: '^services/', pathNot: '\\.test\\.ts$|/test/' },
      to: { path: '^packages/(cli|console|fred-sample|testkit)/' },
    },
    {
      name: 'testkit-in-tests-only',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: '^packages/testkit/|\\.test\\.ts$|/test/' },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'infra-imports',
      severity: 'error',
      from: { path: '^infra/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages|services|bench|test)/', pathNot: '^packages/(contracts|platform)/' },
    },
    {
      name: 'infra-apart',
      severity: 'error',
      from: { path: '^(packages|services|bench)/' },
      to: { path: '^infra/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
