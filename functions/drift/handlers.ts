import { decideFinding } from '../../domain/drift/decide-finding.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { findingEntity } from './entity.ts';
import { listFindings, showFinding } from './list-findings.ts';
import type { driftOperations } from './operations.ts';

export const driftHandlers: Handlers<typeof driftOperations, RequestScope & ApiContext> = {
  listDriftFindings: ({ query }, scope) => listFindings(query, scope),
  getDriftFinding: async ({ path }, { work, now }) => showFinding(await work.read(findingEntity, path.findingId), now),
  decideDriftFinding: async ({ path, body }, { work, now, principal }) =>
    showFinding(
      await work.update(
        findingEntity,
        path.findingId,
        (finding) => decideFinding(finding, body, { by: principal.subject, now }),
        { type: 'DriftDecided', reason: body.reason },
      ),
      now,
    ),
};
