import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import type { Content } from './document.ts';
import { facts } from './facts.ts';
import { keyPart } from './native-key.ts';
import { relatedRecord } from './related.ts';

type Service = NonNullable<Content['databases_services']>[number];
type Instance = Omit<Service, 'instances'>;

/** Older files list servers with instances, newer ones one service per instance. */
const instancesOf = ({ instances, ...service }: Service): Instance[] =>
  instances === undefined || instances.length === 0
    ? [service]
    : instances.map((instance) => ({
        ...service,
        port: instance.port,
        path: instance.path ?? service.path,
        name: [service.name, instance.name].filter((word) => word !== undefined).join(' '),
      }));

/** Database services of a machine: logical CIs that run on it. Sizes, backups and start times are left out; they change by themselves. */
export const mapDatabases = (content: Content, main: DiscoveryRecord): DiscoveryRecord[] =>
  [...(content.databases_services ?? []), ...(content.databases_servers ?? [])]
    .flatMap(instancesOf)
    .flatMap((service) => {
      const { databases, manufacturer, path, port, type, version } = service;
      const name = service.name ?? type;
      if (name === undefined) return [];
      const names = (databases ?? []).flatMap((database) =>
        database.name === undefined ? [] : [{ name: database.name }],
      );
      const record = {
        nativeKey: `${main.nativeKey}/db/${keyPart(type ?? '')}/${keyPart(name)}`,
        nature: 'logical' as const,
        ciClass: 'database' as const,
        name,
        identifiers: [],
        sections: { database: facts({ type, version, manufacturer, port, path }) },
        ...(databases === undefined ? {} : { details: { databases: names } }),
      };
      return [relatedRecord(main, record, 'runs on')];
    });
