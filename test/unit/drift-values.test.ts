import { describe, expect, it } from '@jest/globals';
import { compareAttributes } from '../../domain/drift/compare-attributes.ts';
import { compareEdges, type Neighbour } from '../../domain/drift/compare-edges.ts';
import { presenceOf, scopeOf } from '../../domain/drift/presence.ts';
import { type Meaning, saysSame } from '../../domain/drift/same-value.ts';
import type { Facets, FacetValue } from '../../domain/reconcile/facet.ts';

const at = '2026-11-22T08:00:00.000Z';
const later = '2026-11-22T09:00:00.000Z';
type Sections = Record<string, Record<string, FacetValue>>;
const facet = (half: 'book' | 'discovery', sections: Sections, when = at): Facets[string] => ({
  half,
  sections: Object.fromEntries(
    Object.entries(sections).map(([name, values]) => [name, { at: when, hash: 'h', values }]),
  ),
});
const compared = (declared: Sections, discovered: Sections, more: Facets = {}) =>
  compareAttributes({ 'terraform#book': facet('book', declared), aws: facet('discovery', discovered), ...more });

describe('two ways to write one value', () => {
  it.each<[Meaning, FacetValue, FacetValue, boolean]>([
    ['id', 'ami-0AB', ' AMI-0ab ', true],
    ['id', 'ami-0AB', 'ami-0AC', false],
    ['id', ['b', 'a'], ['A', 'B', 'b'], true],
    ['place', 'West Europe', 'westeurope', true],
    ['part', 'zones/europe-north1-a/machineTypes/e2-small', 'e2-small', true],
    ['version', '14', '14.7', true],
    ['version', '14', '140.1', false],
    ['version', '14.7', '14', false],
    ['size', 8, '8 GiB', true],
    ['size', '8GB', '8192 MB', true],
    ['size', '8 GB', '9 GB', false],
    ['size', 'large', 'Large', true],
    ['address', '10.1.1.1', ['10.1.1.2', '10.1.1.1'], true],
    ['address', '10.1.1.3', ['10.1.1.2', '10.1.1.1'], false],
    ['text', 'Live', 'live', false],
    ['text', 'Live ', 'Live', true],
    ['text', 7, '7', true],
    ['text', true, 'true', true],
  ])('%s: %j and %j', (meaning, declared, discovered, same) => {
    expect(saysSame(declared, discovered, meaning)).toBe(same);
  });
});

describe('what is compared', () => {
  it('is never a secret, by its name or by its look', () => {
    const url = 'postgres://crew:hunter2@db.skyways.example/crew';
    const names = ['DbPassword', 'api_key', 'Link'];
    const tags = (value: string) => ({ tags: Object.fromEntries(names.map((name) => [name, value])) });
    expect(compared({ declaredTags: tags(url).tags }, tags('other'))).toEqual([]);
    expect(compared({ declaredTags: tags('planted').tags }, tags('other')).map(({ subject }) => subject)).toEqual([
      'tags.Link',
    ]);
    expect(JSON.stringify(compared({ declaredTags: { Link: 'x' } }, { tags: { Link: url } }))).not.toContain('hunter2');
  });

  it('is the latest word of each side; tags by name, and missing ones only where the list is whole', () => {
    const older = { older: facet('discovery', { virtualMachine: { type: 'm7i.large' } }, at) };
    const newer = { newer: facet('discovery', { virtualMachine: { type: 'm7i.large' } }, later) };
    const pair = [{ declared: { instance_type: 'm7i.large' } }, { virtualMachine: { type: 'm7i.xlarge' } }] as const;
    expect(compared(...pair, newer)).toEqual([]);
    expect(compared(...pair, older)).toHaveLength(1);
    expect(compared({ declaredTags: { Team: 'a' } }, { tags: { team: 'a' } })).toEqual([]);
    expect(compared({ declaredTags: { Team: 'a' } }, { tags: { team: 'b', Team: 'a' } })).toEqual([]);
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`t${n}`, 'x']));
    expect(compared({ declaredTags: { Team: 'a' } }, { tags: many })).toEqual([]);
    expect(compared({ virtualMachine: { type: 'a' } }, { virtualMachine: { type: 'b' } })).toHaveLength(1);
    expect(compared({ declared: { size: 100 } }, { resource: { size: 200 } })).toMatchObject([{ subject: 'size' }]);
    expect(compared({ declared: { size: 'Standard_B2s' } }, { virtualMachine: { type: 'standard_b2s' } })).toEqual([]);
  });

  it('of neighbours leaves out those that several could be, and those that are needed by way of another', () => {
    const group = (ciId: string, of = ciId): Neighbour => ({
      ciId,
      kind: 'securityGroup',
      name: ciId,
      group: of,
      source: 's',
      at,
    });
    const others = (declared: Neighbour[], found: Neighbour[], indirect: string[] = []) =>
      compareEdges(declared, found, new Set(indirect)).map(({ otherCiId, declared: is }) => [
        otherCiId,
        is !== undefined,
      ]);
    expect(others([group('a'), group('b')], [group('a')])).toEqual([['b', true]]);
    expect(others([group('a'), group('b')], [group('a')], ['b'])).toEqual([]);
    expect(others([group('a', 'web'), group('b', 'web')], [group('c')])).toEqual([['c', false]]);
    expect(others([group('a'), group('b')], [])).toEqual([]);
    expect(others([], [group('a')])).toEqual([]);
  });

  it('of presence goes by account, region and kind', () => {
    const arn = 'arn:aws:ec2:eu-north-1:111122223333:instance/i-1';
    const facets = (half: 'book' | 'discovery', sections: Sections): Facets => ({ any: facet(half, sections) });
    expect(scopeOf(facets('book', { declared: { arn } }))).toEqual({
      scope: 'ec2:eu-north-1:111122223333:instance',
      declared: true,
      discovered: false,
    });
    expect(scopeOf(facets('discovery', { cloud: { arn: 'arn:aws:s3:::skyways-menus' } }))).toBeUndefined();
    const id = '/subscriptions/s1/resourceGroups/ops/providers/Microsoft.Compute/virtualMachines/gate1';
    expect(scopeOf(facets('discovery', { cloud: { resourceId: id } }))?.scope).toBe(
      'azure:s1:microsoft.compute/virtualmachines',
    );
    expect(presenceOf({ ...facets('book', { declared: { arn } }), aws: facet('discovery', {}) })).toBeUndefined();
    expect(presenceOf({})).toBeUndefined();
  });
});
