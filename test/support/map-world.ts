import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import { startFleet } from './fleet.ts';

export const svgAccepted = { accept: 'image/svg+xml' };

/** The API with short ways to relate things, and what the stream brings to the relay, in one go. */
export const startMaps = () => {
  const fleet = startFleet();
  const relate = (from: string, type: string, to: string, attributes?: { group: string; need: number }) =>
    fleet.ask('createRelationship', { body: { from, type, to, ...(attributes === undefined ? {} : { attributes }) } });
  const relay = () =>
    keepAdjacency(
      fleet.table,
      fleet.table
        .items()
        .filter(({ e }) => e === relationshipEntity.name)
        .map((after) => ({ before: undefined, after })),
    );
  const getMap = (ciId: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    fleet.call('getMap', { path: { ciId }, query, headers });
  return { ...fleet, relate, relay, getMap };
};

/** Check-in runs on two of three servers; the third one has an asset; it prints on forty printers. */
export const checkIn = async () => {
  const maps = startMaps();
  const { ci, asset, bind, ask, relate, relay } = maps;
  const service = await ci('Check-in', 'business-service');
  const app = await ci('departure-control', 'application');
  const servers = [await ci('web-1'), await ci('web-2'), await ci('web-3')];
  const node = await ci('switch-gate-7', 'network-device');
  await relate(service, 'depends on', app);
  for (const server of servers) {
    await relate(app, 'runs on', server, { group: 'web', need: 2 });
    await relate(server, 'depends on', node);
  }
  const printers = [];
  for (let n = 0; n < 40; n += 1) printers.push(await ci(`bag-tag-${n}`, 'printer'));
  for (const printer of printers) await relate(app, 'depends on', printer);
  await relate(printers[0] ?? '', 'runs on', node);
  const assetId = await asset({ assetTag: 'SKY-0041', holder: 'Ground operations', location: 'Hangar 3' });
  await bind(assetId, servers[2] ?? '');
  await ask('transitionAsset', { path: { assetId }, body: { to: 'deployed' } });
  await relay();
  return { ...maps, service, app, servers, node, printers, assetId };
};
