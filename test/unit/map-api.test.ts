import { describe, expect, it } from '@jest/globals';
import { checkIn, startMaps, svgAccepted } from '../support/map-world.ts';
import { nowhere } from '../support/requests.ts';
import { drawnElements, readSvg } from '../support/svg.ts';

type Node = { id: string; kind: string; name: string; layer: string; count?: number; more?: number; open?: string };
type Edge = { from: string; to: string; type: string; count: number; group?: string };

describe('GET /cis/{ciId}/map', () => {
  it('goes from a service down to assets and holders, in layers, with groups, hubs as one and how to open them', async () => {
    const { getMap, call, service, app, servers, node, assetId } = await checkIn();
    const { status, body } = await getMap(service);
    expect(status).toBe(200);
    const named = Object.fromEntries(body.nodes.map((one: Node) => [one.name, one]));
    expect(Object.keys(named).sort()).toEqual([
      '40 x Printer',
      'Check-in',
      'departure-control',
      'switch-gate-7',
      'web-1',
      'web-2',
      'web-3',
    ]);
    expect(named['Check-in']).toEqual({
      id: service,
      kind: 'ci',
      layer: 'service',
      name: 'Check-in',
      depth: 0,
      ciId: service,
      class: 'business-service',
      status: 'operational',
    });
    expect(named['web-3'].asset).toEqual({
      assetId,
      tag: 'SKY-0041',
      status: 'deployed',
      holder: 'Ground operations',
      location: 'Hangar 3',
    });
    const hub = named['40 x Printer'];
    expect(hub).toMatchObject({ kind: 'summary', layer: 'physical', class: 'printer', count: 40, of: app });
    const opened = new URL(hub.open, 'https://hangar.example');
    const listed = await call('getImpact', {
      path: { ciId: opened.pathname.split('/')[2] ?? '' },
      query: Object.fromEntries(opened.searchParams),
    });
    expect(listed.body.nodes.filter((one: { class: string }) => one.class === 'printer')).toHaveLength(40);
    const group = { id: `${app}#web`, of: app, name: 'web', need: 2, members: 3 };
    expect(body.groups).toEqual([group]);
    const told = body.edges.map(({ from, to, type, count, group: of }: Edge) => [from, type, to, count, of].join(' '));
    expect(told.sort()).toEqual(
      [
        [service, 'depends on', app, 1, ''].join(' '),
        ...servers.flatMap((server) => [
          [app, 'runs on', server, 1, group.id].join(' '),
          [server, 'depends on', node, 1, ''].join(' '),
        ]),
        [app, 'depends on', hub.id, 40, ''].join(' '),
        [hub.id, 'runs on', node, 1, ''].join(' '),
      ].sort(),
    );
    expect(body).toMatchObject({ root: service, truncated: true, summary: { read: 46, drawn: 6, collapsed: 40 } });
    expect(body.summary.text).toBe('46 items, 6 drawn one by one; 40 put together in 1 box.');
  });

  it('stops at the depth and says how much lies below; follows other types when asked; draws no more than asked', async () => {
    const { getMap, ci, relate, relay, service, app, servers } = await checkIn();
    const short = (await getMap(service, { depth: '1' })).body;
    expect(short.nodes.map(({ id, more }: Node) => [id, more])).toEqual([
      [service, undefined],
      [app, 43],
    ]);
    expect([short.truncated, short.summary.text]).toEqual([
      true,
      '2 items, all drawn one by one; at least 43 more further down.',
    ]);
    const desk = await ci('desk', 'peripheral');
    await relate(servers[0] ?? '', 'connected to', desk);
    await relay();
    expect((await getMap(servers[0] ?? '')).body.nodes).toHaveLength(2);
    const wired = (await getMap(servers[0] ?? '', { types: 'connected to' })).body.nodes;
    expect(wired.map(({ id }: Node) => id)).toEqual([servers[0], desk]);
    const small = (await getMap(app, { maxNodes: '10' })).body;
    expect(small.nodes.length).toBeLessThanOrEqual(10);
    const whole = (await getMap(servers[0] ?? '')).body;
    expect([whole.truncated, whole.summary.text]).toEqual([false, '2 items, all drawn one by one.']);
  });

  it('is what it was at a moment: names, assets, groups, edges, and the present now', async () => {
    const { getMap, getCi, ask, swap, asset, service, app, servers, assetId } = await checkIn();
    const before = (await getMap(service)).body;
    const { updatedAt: asOf } = await ask('editCi', {
      path: { ciId: servers[1] ?? '' },
      body: { description: 'moved' },
      headers: { 'if-match': '"v1"' },
    });
    const other = await asset({ assetTag: 'SKY-0042' });
    expect((await swap(servers[2] ?? '', { assetId: other })).status).toBe(200);
    const { version } = await getCi(app);
    await ask('editCi', { path: { ciId: app }, body: { name: 'dcs' }, headers: { 'if-match': `"v${version}"` } });
    const edge = before.edges.find(({ to }: Edge) => to === servers[0]);
    await ask('closeRelationship', { path: { relationshipId: edge.relationshipId }, headers: { 'if-match': '"v1"' } });
    const then = (await getMap(service, { asOf })).body;
    const links = ({ nodes: _nodes, cost: _cost, ...rest }: Record<string, unknown>) => rest;
    const opened = (nodes: Node[]) => nodes.map(({ open: _open, ...node }) => node);
    expect(links(then)).toEqual({ ...links(before), asOf });
    expect(opened(then.nodes)).toEqual(opened(before.nodes));
    expect(then.nodes.find(({ open }: Node) => open !== undefined).open).toContain(`asOf=${encodeURIComponent(asOf)}`);
    expect(then.nodes.find(({ id }: Node) => id === servers[2]).asset.assetId).toBe(assetId);
    const early = await getMap(service, { asOf: '2025-12-31T00:00:00Z' });
    expect([early.status, early.body.fix]).toEqual([404, expect.stringContaining('It exists since')]);
  });

  it('refuses odd questions, other tenants, and those who may not read', async () => {
    const { getMap, call, service } = await checkIn();
    for (const query of [{ depth: '0' }, { maxNodes: '301' }, { types: 'likes' }, { asOf: '2999-01-01T00:00:00Z' }]) {
      const answer = await getMap(service, query as unknown as Record<string, string>);
      expect([answer.status, answer.body.errors[0].pointer.split('/')[2]]).toEqual([400, Object.keys(query)[0]]);
    }
    expect((await getMap(nowhere.ciId)).status).toBe(404);
    expect((await call('getMap', { path: { ciId: service }, tenant: 'rivals' })).status).toBe(404);
    expect((await call('getMap', { path: { ciId: service }, roles: ['discovery'] })).status).toBe(403);
  });
});

describe('a map as SVG', () => {
  it('is chosen by the Accept header; what cannot be had is refused', async () => {
    const { getMap, service } = await checkIn();
    const chosen = async (accept: string) => {
      const { status, headers } = await getMap(service, {}, { accept });
      return [status, headers['content-type']];
    };
    const [svg, json] = [
      [200, 'image/svg+xml'],
      [200, 'application/json'],
    ];
    expect(await chosen('image/svg+xml')).toEqual(svg);
    expect(await chosen('IMAGE/svg+xml;q=0.9, application/json;q=0.2')).toEqual(svg);
    expect(await chosen('image/*')).toEqual(svg);
    expect(await chosen('*/*;q=0.1, image/svg+xml')).toEqual(svg);
    expect(await chosen('*/*')).toEqual(json);
    expect(await chosen('')).toEqual(json);
    expect(await chosen('image/svg+xml;q=0.3, application/json')).toEqual(json);
    const refused = [406, 'application/problem+json'];
    expect(await chosen('image/png')).toEqual(refused);
    expect(await chosen('image/svg+xml;q=0, application/json;q=0')).toEqual(refused);
    const { headers, body } = await getMap(service, {}, { accept: 'text/html' });
    expect(body.fix).toBe('Send Accept: application/json, or Accept: image/svg+xml.');
    expect(headers.vary).toBeUndefined();
  });

  it('stands alone, says what it shows to those who hear it, and is served so that nothing in it can run', async () => {
    const { getMap, service } = await checkIn();
    const { headers, body } = await getMap(service, {}, svgAccepted);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      vary: 'accept',
    });
    const elements = readSvg(body);
    const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    for (const shown of [
      'Check-in',
      'web: 2 of 3 needed',
      '40 x Printer',
      'SKY-0041 · deployed',
      'Hangar 3',
      'Services',
    ]) {
      expect(texts).toContain(shown);
    }
    const [svg, title, desc] = elements;
    expect(svg?.attributes).toMatchObject({ role: 'img', 'aria-labelledby': 'map-title map-description' });
    expect([title?.text, desc?.text]).toEqual([
      'Service map of Check-in',
      '46 items, 6 drawn one by one; 40 put together in 1 box. Services: 1. Applications: 1. Physical: 44.',
    ]);
    expect((await getMap(service, {}, svgAccepted)).body).toBe(body);
  });

  it('takes any name that discovery brings, as text and nothing else', async () => {
    const { ci, relate, relay, asset, bind, getMap } = startMaps();
    const names = [
      '<script>alert(1)</script>',
      `"'><image href="http://evil.example/x.svg" onload="alert(1)"/>`,
      ']]> <!-- &amp; &#x3c; <![CDATA[ <?xml ?>',
      'evil\u202egnp.exe\u2066\u200f\u0007\u0000\u001b[31m\ud800\ufffe',
      'url(#x) javascript:alert(1)',
      `Z${'\u0301'.repeat(200)}algo`,
      'x'.repeat(300),
      '搭乗手続き'.repeat(60),
      '🛫'.repeat(150),
    ];
    const root = await ci(names[0] ?? '', 'business-service');
    for (const [n, name] of names.entries()) {
      const server = await ci(name);
      await relate(root, 'depends on', server, { group: name.slice(0, 60), need: 1 });
      await bind(
        await asset({
          assetTag: `T${n} ${name}`.slice(0, 200),
          holder: name.slice(0, 200),
          location: name.slice(0, 200),
        }),
        server,
      );
    }
    await relay();
    const answer = await getMap(root, {}, svgAccepted);
    expect(answer.status).toBe(200);
    const elements = readSvg(answer.body);
    expect(elements.filter(({ name }) => !drawnElements.has(name))).toEqual([]);
    const attributes = elements.flatMap((element) => Object.entries(element.attributes));
    expect(attributes.filter(([name]) => /^on|href|^style$|^src$/i.test(name))).toEqual([]);
    expect(attributes.filter(([, value]) => value.includes('url(') && !/^url\(#arrow-[a-z-]+\)$/.test(value))).toEqual(
      [],
    );
    expect(answer.body).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200f\ufffe]/u);
    expect(answer.body).not.toMatch(/<script|<image|<!/i);
    const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toContain('<script>alert(1)</script>');
    expect(Math.max(...texts.map((text) => [...text].length))).toBeLessThan(80);
    expect(texts.some((text) => text.startsWith('xxxx') && text.endsWith('…'))).toBe(true);
  });
});
