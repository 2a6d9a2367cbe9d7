/**
 * The dependency rule of the README, for dependency-cruiser. Type-only imports count. `layers.test.ts` plants one violation per rule.
 * What infra may know of functions: contracts, as data. Only the local stack, which runs them, may import handlers.
 */
const contracts = '^functions/.+/(operations|contracts|environment)\\.ts$|^functions/http/operation\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The domain knows events and zod: no Node, no AWS, no shell.',
      severity: 'error',
      from: { path: '^domain/' },
      to: { pathNot: '^(domain|events)/|^node_modules/zod/' },
    },
    {
      name: 'events-are-a-language',
      comment: 'Events know the shared words of the domain and zod (and the run, which import events are about).',
      severity: 'error',
      from: { path: '^events/' },
      to: { pathNot: '^events/|^domain/shared/|^domain/import/run\\.ts$|^node_modules/zod/' },
    },
    {
      name: 'functions-know-no-infra',
      comment: 'Functions do not know how they are deployed, tested or run locally.',
      severity: 'error',
      from: { path: '^(domain|events|functions)/' },
      to: { path: '^(infra|test)/|^node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'infra-knows-contracts-only',
      comment: 'Infra reads what functions declare, never what they do.',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/local/' },
      to: { path: '^functions/', pathNot: contracts },
    },
    {
      name: 'infra-knows-few-words',
      comment: 'Of the domain, infra knows shared words and roles.',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/local/' },
      to: { path: '^domain/', pathNot: '^domain/(shared|access)/' },
    },
    {
      name: 'local-stays-local',
      comment: 'What is deployed does not know the local stack.',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/local/' },
      to: { path: '^infra/local/' },
    },
    {
      name: 'nobody-needs-tests',
      comment: 'Only tests import tests.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'shipped-code-has-shipped-dependencies',
      comment: 'What runs in Lambda imports production dependencies only, apart from types.',
      severity: 'error',
      from: { path: '^(domain|events|functions)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'No file needs itself, not even for its types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'imports-resolve',
      comment: 'Every import names something that is there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    preserveSymlinks: true,
    exclude: { path: '^test/fixtures/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
