import { mapItem } from '../aws-config/map-item.ts';
import type { Format } from '../format.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';
import { inAnswers } from '../json-answers.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, readJsonRecords } from '../json-records.ts';
import { detectAwsEc2Describe } from './detect.ts';
import { describedDatabase, describedInstance } from './items.ts';

const split = ['Reservations', 'DBInstances', 'Instances'];
/** A reservation holds up to 1,000 instances of about 6 kB. */
const largest = 32 * 1024 * 1024;

/**
 * What `aws ec2 describe-instances` and `aws rds describe-db-instances` print, whole, cut down to the list of instances by `--query`, or
 * recorded by placebo (`{status_code, data}`). The answers name no moment, so the object's time is that of the observation.
 * Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const awsEc2Describe: Format = {
  name: 'aws-ec2-describe',
  detect: detectAwsEc2Describe,
  parse: (body, { objectKey }) =>
    readJsonRecords(
      body,
      { split, largest },
      inAnswers(['Reservations', 'DBInstances'], {
        map: (value, key, place) => mapPiece(value, key, place, objectKey),
      }),
    ),
};

const mapPiece = (value: unknown, key: string | undefined, place: Place, objectKey: string): Draft[] => {
  if (key === undefined && !(isObject(value) && 'InstanceId' in value)) return [];
  if (key === 'DBInstances') return [draftOf(describedDatabase(value, objectKey), place)];
  const nested = objectsOf(value).flatMap((one) =>
    Array.isArray(one.Instances) ? one.Instances.map((instance: unknown) => ({ instance, owner: one.OwnerId })) : [],
  );
  const isReservation = key === 'Reservations' || nested.length > 0;
  if (isReservation && !(isObject(value) && Array.isArray(value.Instances)))
    return [faultAt(place, 'This reservation has no list of instances.')];
  const all = isReservation ? nested : listed(value);
  return all.map(({ instance, owner }) => draftOf(describedInstance(instance, owner, objectKey), place));
};

/** `--query 'Reservations[].Instances'` prints a list of lists. */
const listed = (value: unknown): { instance: unknown; owner: unknown }[] =>
  (Array.isArray(value) ? value : [value]).map((instance: unknown) => ({ instance, owner: undefined }));

const draftOf = (item: ReturnType<typeof describedInstance>, place: Place): Draft =>
  item === undefined
    ? faultAt(
        place,
        'Nothing names this entry: an instance needs its InstanceId, a database its DbiResourceId or identifier.',
      )
    : { record: { ...mapItem(item), line: place.line } };
