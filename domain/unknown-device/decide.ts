import * as z from 'zod';
import { ClassName } from '../ci/class-name.ts';
import { Problem } from '../shared/problem.ts';
import { isoMoment, type Timestamp } from '../shared/time.ts';
import { Decision, type UnknownDevice } from './unknown-device.ts';

const text = z.string().trim().min(1).max(200);

/**
 * What a person decides of an unknown device: `approve` it as known and accepted, `convert` it to an asset bound to its CI, `ignore` it
 * until a moment, or `block` it, so that it is told of whenever it is seen again.
 */
export const NewDecision = z
  .strictObject({
    decision: Decision.shape.decision,
    reason: z.string().trim().min(1).max(500),
    until: isoMoment({ offset: true }).optional(),
    class: ClassName.optional(),
    assetTag: text.optional(),
    serial: text.optional(),
    manufacturer: text.optional(),
    name: text.optional(),
  })
  .refine(({ decision, until }) => (decision === 'ignore') === (until !== undefined), {
    error: 'Send until with "ignore", and with nothing else.',
  })
  .refine(
    ({ decision, class: ciClass, assetTag, serial, manufacturer, name }) =>
      decision === 'convert' || [ciClass, assetTag, serial, manufacturer, name].every((one) => one === undefined),
    { error: 'Send class, assetTag, serial, manufacturer and name with "convert" only.' },
  )
  .meta({ id: 'NewUnknownDeviceDecision' });
export type NewDecision = z.output<typeof NewDecision>;

const states = { approve: 'approved', convert: 'converted', ignore: 'ignored', block: 'blocked' } as const;

type Made = { ciId: string; assetId: string };

/** The row after a decision. Throws `conflict` when it is owned already, `unprocessable` for a moment that has passed. */
export const decideUnknown = (
  known: UnknownDevice,
  { decision, reason, until: asked }: NewDecision,
  by: string,
  at: Timestamp,
  made?: Made,
): UnknownDevice => {
  if (known.state === 'known' || known.state === 'converted') {
    throw new Problem(
      'conflict',
      `It is ${known.assetId ?? known.ciId ?? 'known'} by now; there is nothing to decide.`,
    );
  }
  const until = asked === undefined ? undefined : new Date(asked).toISOString();
  if (until !== undefined && until <= at) {
    throw new Problem('unprocessable', `It is past ${until} already.`, {
      errors: [{ pointer: '#/body/until', detail: 'A moment in the future.' }],
    });
  }
  const { toldFor: _toldFor, ...rest } = known;
  const decided = { decision, by, at, reason, ...(until === undefined ? {} : { until }) };
  return { ...rest, ...made, state: states[decision], decision: decided };
};
