import { type Role, roles } from '../../domain/access/permissions.ts';
import { outcomes } from '../../domain/import/outcome.ts';
import type { ImportRun } from '../../domain/import/run.ts';
import { type ReadApi, readApi, readPages } from './api-client.ts';
import { homeTenant } from './issuer.ts';
import type { LocalStack } from './local-stack.ts';

/** What a person needs to begin: addresses, a token per role, a line to try. */
export const describeStack = async (stack: LocalStack, ephemeral: boolean): Promise<string> => {
  const tokens: Partial<Record<Role, string>> = {};
  for (const role of roles) tokens[role] = await stack.tokenFor(role);
  const kept = ephemeral ? 'in memory, gone at the end' : stack.dataDirectory;
  return [
    '',
    `API        ${stack.apiUrl}   (tenant ${homeTenant})`,
    `S3         ${stack.s3Endpoint}   upload to s3://${stack.uploadsBucket}/discovery/<source>/<file>`,
    `SQS, SNS   ${stack.sqsEndpoint}   (any credentials, region us-east-1)`,
    `Events     ${stack.apiUrl}/_local/events?type=AssetCreated`,
    `E-mails    ${stack.apiUrl}/_local/mails`,
    `Data       ${kept}; function logs in ${stack.dataDirectory}/functions.log`,
    '',
    'Tokens, good for 12 hours:',
    ...roles.map((role) => `  ${role.padEnd(21)} ${tokens[role]}`),
    '',
    'Try:',
    `  curl -H "authorization: Bearer ${tokens.viewer}" "${stack.apiUrl}/cis?limit=5"`,
    '  npm run upload -- FILE... --source NAME',
    'ctrl-C stops everything.',
    '',
  ].join('\n');
};

/** What has been imported so far: runs and outcomes by source, assets and CIs in all. */
export const describeImports = async (stack: LocalStack): Promise<string> => {
  const read = readApi(stack.apiUrl, await stack.tokenFor('viewer'));
  const sources = new Map<string, Record<string, number>>();
  for await (const runs of readPages<ImportRun>(read, '/imports?limit=100')) {
    for (const { source, status, counts } of runs) {
      const sums = sources.get(source) ?? {};
      sources.set(source, sums);
      for (const [what, n] of [['runs', 1] as const, [status, 1] as const, ...Object.entries(counts)]) {
        sums[what] = (sums[what] ?? 0) + n;
      }
    }
  }
  const lines = [...sources].sort().map(([source, sums]) => {
    const parts = ['completed', 'rejected', 'failed', 'records', ...outcomes.filter((one) => one !== 'rejected')];
    const shown = [...new Set(parts)].flatMap((part) =>
      sums[part] === undefined || sums[part] === 0 ? [] : [`${sums[part]} ${part}`],
    );
    return `  ${source.padEnd(21)} ${sums.runs} runs: ${shown.join(', ')}`;
  });
  return [
    'Imported:',
    ...lines,
    `  in all                ${await count(read, '/assets')} assets, ${await count(read, '/cis')} CIs`,
  ].join('\n');
};

const mostCounted = 2000;

const count = async (read: ReadApi, path: string): Promise<string> => {
  let sum = 0;
  for await (const items of readPages(read, `${path}?limit=100`)) {
    sum += items.length;
    if (sum >= mostCounted) return `${mostCounted} or more`;
  }
  return String(sum);
};
