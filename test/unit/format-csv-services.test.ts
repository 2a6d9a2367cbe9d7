import { describe, expect, it } from '@jest/globals';
import { showCi } from '../../domain/ci/ci-view.ts';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { decideRecord } from '../../domain/import/decide-record.ts';
import { fingerprintOf, isUnchanged } from '../../domain/import/fingerprint.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import { profiles } from '../../functions/imports/formats/csv/choose-profile.ts';
import { headerNames } from '../../functions/imports/formats/csv/header.ts';
import { fitsProfile } from '../../functions/imports/formats/csv/profile.ts';
import { digest } from '../../functions/shared/digest.ts';
import { faultsOf, fixture, parse, problemOf, records } from '../support/csv.ts';

const services = () => fixture('skyways-services.csv');

describe('a list of services', () => {
  it('makes CIs and no assets, related to each other by name', async () => {
    const [first] = await records(await services());
    expect(first).toEqual({
      recordIndex: 0,
      line: 2,
      nativeKey: 'service=gate display',
      half: 'book',
      action: 'upsert',
      partial: false,
      nature: 'logical',
      ciClass: 'business-service',
      name: 'Gate display',
      identifiers: [],
      sections: {
        device: {
          owner: 'Ines Duarte',
          supportGroup: 'Terminal Systems',
          criticality: 'critical',
          environment: 'Production',
          description: 'What passengers read at the gate',
        },
      },
      relations: [
        { type: 'depends on', direction: 'out', record: 'service=flight feed' },
        { type: 'depends on', direction: 'out', record: 'service=weather%7Cradar' },
      ],
      warnings: [],
    });
  });

  it('names what it depends on by the key that the other row gets', async () => {
    const [first, ...others] = await records(await services());
    const keys = others.map(({ nativeKey }) => nativeKey);
    expect(first?.relations?.map(({ record }) => record)).toEqual(keys);
  });

  it('names hosts by FQDN where there is a domain, else by a host name', async () => {
    const second = (await records(await services()))[1];
    expect(second).toMatchObject({ ciClass: 'technical-service', sections: { device: { criticality: 'high' } } });
    expect(second?.relations).toEqual([
      { type: 'runs on', direction: 'out', identifiers: [{ type: 'fqdn', value: 'Feed-01.apron.skyways.example' }] },
      { type: 'runs on', direction: 'out', identifiers: [{ type: 'hostname', value: 'feed-02' }] },
    ]);
  });

  it('leaves out a criticality that it does not know, and says so', async () => {
    const third = (await records(await services()))[2];
    expect(third).toMatchObject({ name: 'Weather|Radar', sections: { device: {} }, relations: [] });
    expect(third?.sections.device).not.toHaveProperty('criticality');
    expect(third?.warnings).toEqual([
      {
        code: 'unknown-criticality',
        detail: 'Line 4, column 5 (Criticality), "Sky high": not one of low, medium, high, critical, left out',
      },
    ]);
  });

  it('refuses rows whose class is none of a service, or that have no name', async () => {
    const faults = faultsOf(await parse(await services()));
    const reason = 'The class of a service must be one of business-service, technical-service, application';
    expect(faults).toEqual([
      { recordIndex: 3, line: 5, errors: [{ line: 5, column: 2, value: 'printer', reason }] },
      { recordIndex: 4, line: 6, errors: [{ line: 6, reason }] },
      { recordIndex: 5, line: 7, errors: [expect.objectContaining({ reason: expect.stringMatching(/service name/) })] },
    ]);
  });

  it('cuts what is too long', async () => {
    const [record] = await records(`Service,Type,Owner\n${'s'.repeat(350)}1,application,${'o'.repeat(201)}\n`);
    expect([record?.name?.length, String(record?.sections.device?.owner).length]).toEqual([300, 200]);
    expect(record?.nativeKey.length).toBeLessThanOrEqual(400);
    expect(record?.warnings.map(({ code }) => code)).toEqual(['truncated', 'truncated']);
  });

  it('is news when the last relation of a row is taken out', async () => {
    const header = 'Service,Type,Depends On\n';
    const [before, same, after] = await records(`${header}A1,application,B1\nA1,application,b1\nA1,application,\n`);
    const print = (record: DiscoveryRecord | undefined) => fingerprintOf(record as DiscoveryRecord, digest);
    expect(isUnchanged(print(before), print(same), false)).toBe(true);
    expect(isUnchanged(print(before), print(after), false)).toBe(false);
  });
});

describe('which file is a list of services', () => {
  it.each([
    ['Service Name,Class,Owner,Support Group,Criticality,Environment,Runs On,Depends On', 'services'],
    ['service,type,depends_on', 'services'],
    ['Business Service,Class,Runs On', 'services'],
    ['Service,Type,Business Criticality', 'services'],
    ['Service,Type,Description', 'generic'],
    ['Service,Class,Environment', undefined],
    ['Service,Owner,Criticality', undefined],
    ['Hostname,Service,Type,Owner', 'generic'],
    ['Asset Tag,Name,Model,Category,Service,Class,Owner', 'generic'],
  ])('%s: %s', (header, name) => {
    expect(profiles.find((profile) => fitsProfile(profile, headerNames(header.split(','))))?.name).toBe(name);
  });

  it('may be said by name, and is refused when the columns are of devices', async () => {
    expect(await records(await services(), 'Services')).toHaveLength(3);
    expect(await problemOf('Service,Type,Owner,Serial\nA1,application,Bo,KQ77X1\n', 'services')).toMatchObject({
      code: 'no-profile',
      detail: expect.stringMatching(/profile services, which needs servicename.*"serial" says/),
    });
  });
});

describe('what becomes of a row', () => {
  const at = '2026-05-03T10:00:00.000Z';
  const decide = (record: DiscoveryRecord, source: string, known: KnownPair = {}) =>
    decideRecord(
      {
        ...{ record, print: fingerprintOf(record, digest), identifiers: [], source, tenant: 'skyways' },
        ...{ runId: 'run_0123456789abcdefghijklmnop', at, now: at, digest },
      },
      known,
    );

  it('is a CI that shows its facts, and no asset', async () => {
    const [record] = await records(await services());
    const { ci, asset } = decide(record as DiscoveryRecord, 'list');
    expect(asset).toBeUndefined();
    expect(ci && showCi({ value: ci, version: 1 })).toMatchObject({
      class: 'business-service',
      name: 'Gate display',
      owner: 'Ines Duarte',
      supportGroup: 'Terminal Systems',
      criticality: 'critical',
      environment: 'Production',
      description: 'What passengers read at the gate',
      sources: [{ source: 'list', half: 'book' }],
    });
  });

  it('adds nothing to a CI when it is the row of an asset book', async () => {
    const [service] = await records(await services());
    const [book] = await records('Serial,Name\nKQ77X1,Feed host\n');
    const { ci } = decide(service as DiscoveryRecord, 'list');
    const after = decide(book as DiscoveryRecord, 'book', { ci });
    expect(after.asset).toBeDefined();
    expect(Object.keys(after.ci?.facets ?? {})).toEqual(['list#book']);
  });
});
