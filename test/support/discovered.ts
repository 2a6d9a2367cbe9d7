import type { Ci } from '../../domain/ci/ci.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { claimEntity } from '../../functions/lookup/entity.ts';
import type { MemoryTable } from './memory-table.ts';

const at = '2026-01-01T00:00:00.000Z';
const change = { type: 'CiCreated', by: 'import', at, correlationId: 'run' };

/** A server as discovery leaves it behind when it found no serial: a CI that holds its own hardware identifiers. */
export const putDiscovered = (table: MemoryTable): Ci => {
  const ci: Ci = {
    ciId: `ci_${'d'.repeat(26)}`,
    class: 'server',
    status: 'operational',
    statusSetBy: 'import',
    identifiers: ['fqdn||crew1.skyways.example', 'mac||a4:bb:6d:00:00:01'],
    facets: {
      glpi: {
        half: 'discovery',
        sections: {
          device: { at, hash: 'h1', values: { name: 'crew1' } },
          os: { at, hash: 'h2', values: { name: 'Debian', version: '12' } },
          software: { at, hash: 'h3', count: 412 },
        },
      },
    },
    origin: { correlationId: 'run', record: 0 },
    createdAt: at,
  };
  table.put(ciEntity.toItem('skyways', ci, 1, change));
  for (const claimKey of ['mac#a4:bb:6d:00:00:01', 'fqdn#crew1.skyways.example']) {
    table.put(claimEntity.toItem('skyways', { claimKey, holders: [{ ciId: ci.ciId }] }, 1));
  }
  return ci;
};
