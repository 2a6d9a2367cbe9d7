import { describe, expect, it } from '@jest/globals';
import { apiFunctions, consumers } from '../../infra/application.ts';
import { resourcesOf, synthesise } from './installation.ts';
import { everyRole, expectedRoles } from './roles.ts';

type Reference =
  | string
  | { 'Fn::ImportValue': string }
  | { 'Fn::GetAtt': [string, string] }
  | { 'Fn::Join': [string, Reference[]] };
type Statement = { Effect: string; Action: string | string[]; Resource: Reference | Reference[]; Condition?: unknown };

const { service } = synthesise();
const names = [...apiFunctions, ...consumers].map(({ settings }) => settings.name);

const listOf = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one]);

/** Resources as people call them: imports and logical ids without their hashes, all indexes of the table as one. */
const nameOf = (reference: Reference): string => {
  if (typeof reference === 'string') return reference;
  if ('Fn::Join' in reference)
    return reference['Fn::Join'][1]
      .map(nameOf)
      .join('')
      .replace(/\/index\/\w+$/, '/index');
  const text = 'Fn::ImportValue' in reference ? reference['Fn::ImportValue'] : reference['Fn::GetAtt'].join('');
  return text
    .replace(/^.*ExportsOutputFnGetAtt/, '')
    .replace(/[0-9A-F]{8}(Stream)?Arn(\w{8})?$/, '$1')
    .replace(/^(\w+?)(Consumer)?Logs$/, '$1 logs');
};

/** Every policy in the service stack that is a role's, as `action resource`. */
const permissionsOf = (statements: Statement[]): string[] => [
  ...new Set(
    statements.flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) => listOf(Resource).map((resource) => `${action} ${nameOf(resource)}`)),
    ),
  ),
];

const roles = resourcesOf(service, 'AWS::IAM::Role');

describe('the role of every function', () => {
  it.each(names)('%s may do what is expected, and no more', (name) => {
    const plain = name.replaceAll('-', '');
    const [[, role] = [], ...others] = roles.filter(([id]) =>
      new RegExp(`^${plain}(Consumer)?Role[0-9A-F]{8}$`).test(id),
    );
    expect(others).toEqual([]);
    const policies = (role?.Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
    expect(permissionsOf(statements).sort()).toEqual([...everyRole(plain), ...(expectedRoles[name] ?? [])].sort());
  });

  it('is all that there is: no other role, no policy beside, nothing managed, no wildcard action', () => {
    expect(roles).toHaveLength(names.length);
    expect(Object.keys(expectedRoles).sort()).toEqual([...names].sort());
    expect(resourcesOf(service, 'AWS::IAM::Policy')).toEqual([]);
    expect(JSON.stringify(roles)).not.toMatch(/ManagedPolicyArns|"Action":\s*"[^"]*\*|"NotAction"|[a-z0-9]:\*"/);
  });
});
