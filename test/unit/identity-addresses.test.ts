import { describe, expect, it } from '@jest/globals';
import type { RawIdentifier } from '../../domain/discovery/record.ts';
import { normaliseAll, normaliseOne } from '../support/identity-cases.ts';

describe('MACs', () => {
  it.each([
    'A4:BF:01:23:45:67',
    'a4-bf-01-23-45-67',
    'a4bf.0123.4567',
    'A4BF01234567',
    'a4:bf:1:23:45:67',
    'a4:bf:01:23:45:67:00:00',
    '0xa4bf01234567',
  ])('reads %s', (raw) => {
    const identifier = normaliseOne('mac', raw);
    expect(identifier).toMatchObject({ value: 'a4:bf:01:23:45:67', strength: 'medium' });
    expect(identifier).not.toHaveProperty('scope');
  });

  it.each([
    '00:00:00:00:00:00',
    'ff:ff:ff:ff:ff:ff',
    '61:0a:1b:2c:3d:4e',
    '00:1a:7d:da:71:0a',
    '11:11:11:11:11:11',
    'a4:bf:01',
    'eth0',
  ])('rejects %s', (raw) => {
    expect(normaliseOne('mac', raw)?.strength).toBe('rejected');
  });

  it.each([
    ['ae:0a:1b:2c:3d:4e', 'physical', 'weak', 'skyways-agents'],
    ['ae:0a:1b:2c:3d:4e', 'virtual', 'medium', 'skyways-agents'],
    ['52:54:00:12:34:56', 'virtual', 'medium', 'skyways-agents'],
    ['02:42:ac:11:00:02', 'virtual', 'weak', 'skyways-agents'],
    ['00:50:56:9a:12:34', 'virtual', 'medium', undefined],
    ['00:50:56:9a:12:34', 'unknown', 'medium', undefined],
    ['00:50:56:9a:12:34', 'physical', 'weak', 'skyways-agents'],
    ['00:e0:4c:68:01:02', 'physical', 'weak', 'skyways-agents'],
    ['00:50:b6:68:01:02', 'virtual', 'weak', 'skyways-agents'],
    ['00:ff:aa:68:01:02', 'physical', 'weak', 'skyways-agents'],
  ] as const)('trusts %s of a %s thing as %s', (raw, nature, strength, scope) => {
    expect({ scope: undefined, ...normaliseOne('mac', raw, nature) }).toMatchObject({ strength, scope });
  });
});

describe('other identifiers', () => {
  it.each([
    ['cloudId', ' ARN:aws:ec2:eu-west-1:1:instance/i-0A1 ', 'arn:aws:ec2:eu-west-1:1:instance/i-0a1', 'strong'],
    ['cloudId', 'null', 'null', 'rejected'],
    ['k8sUid', '5F1C-01', '5f1c-01', 'strong'],
    ['imei', '35-209900-176148-1', '352099001761481', 'strong'],
    ['imei', '3.52099E+14', '3.52099E+14', 'rejected'],
    ['imei', '000000000000000', '000000000000000', 'rejected'],
    ['udid', '00008020-001C2D223C38002E', '00008020-001c2d223c38002e', 'strong'],
    ['assetTag', 'sky-00017', 'SKY-00017', 'strong'],
    ['assetTag', '1111', '1111', 'strong'],
    ['assetTag', 'Asset-1234567890', 'ASSET-1234567890', 'rejected'],
    ['assetTag', 'No Asset Information', 'NO ASSET INFORMATION', 'rejected'],
    ['assetTag', '0000000000', '0000000000', 'rejected'],
    ['assetTag', '<BAD INDEX>', '<BAD INDEX>', 'rejected'],
    ['machineId', '0F1E2D3C4B5A69788796A5B4C3D2E1F0', '0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'medium'],
    ['machineId', 'uninitialized', 'uninitialized', 'rejected'],
    ['fqdn', 'Gate-07.Skyways.Example.', 'gate-07.skyways.example', 'medium'],
    ['fqdn', 'gate-07', 'gate-07', 'rejected'],
    ['fqdn', 'localhost.localdomain', 'localhost.localdomain', 'rejected'],
    ['fqdn', '10.0.0.1', '10.0.0.1', 'rejected'],
    ['fqdn', 'macbook.local', 'macbook.local', 'weak'],
    ['fqdn', 'gate-07.corp.local', 'gate-07.corp.local', 'medium'],
    ['hostname', 'GATE-07', 'gate-07', 'weak'],
    ['hostname', 'localhost', 'localhost', 'rejected'],
    ['hostname', 'raspberrypi', 'raspberrypi', 'rejected'],
    ['ip', '10.20.0.7/24', '10.20.0.7', 'weak'],
    ['ip', 'FD00::7%eth0', 'fd00::7', 'weak'],
    ['ip', '127.0.0.1', '127.0.0.1', 'rejected'],
    ['ip', 'fe80::1', 'fe80::1', 'rejected'],
    ['ip', '10.20.0.700', '10.20.0.700', 'rejected'],
  ] as const)('%s %j is %j and %s', (type, raw, value, strength) => {
    expect(normaliseOne(type, raw)).toMatchObject({ type, value, strength });
  });

  it('scopes a hostname and an IP by feed, a domain name by nothing', () => {
    expect(normaliseOne('hostname', 'gate-07')?.scope).toBe('skyways-agents');
    expect(normaliseOne('ip', '10.20.0.7')?.scope).toBe('skyways-agents');
    expect(normaliseOne('fqdn', 'gate-07.skyways.example')).not.toHaveProperty('scope');
  });

  it('qualifies an asset tag by company', () => {
    expect(normaliseOne('assetTag', 'SKY-00017', 'physical', 'Skyways Cargo, Ltd.')?.qualifier).toBe(
      'skyways-cargo-ltd',
    );
  });

  it('keeps the body of a host key, cut when long', () => {
    const short = `AAAAC3NzaC1lZDI1NTE5AAAAI${'q'.repeat(43)}`;
    expect(normaliseOne('sshHostKey', `ssh-ed25519 ${short} root@gate-07`)).toMatchObject({
      value: short,
      strength: 'medium',
    });
    expect(normaliseOne('sshHostKey', short)?.value).toBe(short);
    const long = `AAAAB3NzaC1yc2E${'k'.repeat(400)}==`;
    expect(normaliseOne('sshHostKey', `ssh-rsa ${long}`)?.value).toBe(long.slice(-64));
    expect(normaliseOne('sshHostKey', 'ssh-rsa')?.strength).toBe('rejected');
  });

  it('rejects what is too long to be claimed', () => {
    const identifier = normaliseOne('cloudId', `/subscriptions/${'a'.repeat(400)}`);
    expect(identifier).toMatchObject({ strength: 'rejected', reason: 'longer than 300 characters' });
    expect(identifier?.value).toHaveLength(300);
  });

  it('keeps one of each, with the qualifier if either has one, in an order of its own', () => {
    const raw: RawIdentifier[] = [
      { type: 'serial', value: '7KQ2ZX3' },
      { type: 'ip', value: '10.20.0.7' },
      { type: 'serial', value: '7kq2zx3', qualifier: 'Dell' },
    ];
    expect(normaliseAll(raw)).toEqual(normaliseAll(raw.toReversed()));
    expect(normaliseAll(raw).filter(({ type }) => type === 'serial')).toMatchObject([
      { value: '7KQ2ZX3', qualifier: 'dell' },
    ]);
  });
});
