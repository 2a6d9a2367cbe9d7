import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { killScripts, runScript, untilRunning } from '../support/processes.ts';
import { temporaryDirectory, until } from '../support/temporary.ts';

const directory = temporaryDirectory();
let api = '';
let admin = '';

beforeAll(async () => {
  const script = runScript(directory, 'infra/local/start.ts', '--port', '0', '--no-estate', '--ephemeral');
  await untilRunning(script, directory);
  await until('the banner', () => /admin +\S+/.test(script.printed.out));
  api = /API +(\S+)/.exec(script.printed.out)?.[1] ?? '';
  admin = /admin +(\S+)/.exec(script.printed.out)?.[1] ?? '';
}, 60_000);
afterAll(() => {
  killScripts();
  rmSync(directory, { recursive: true, force: true });
});

let posts = 0;
const call = async (method: string, path: string, body?: object) => {
  posts += 1;
  const headers = {
    authorization: `Bearer ${admin}`,
    'content-type': 'application/json',
    'idempotency-key': `merge-${posts}`,
  };
  const response = await fetch(`${api}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    url: response.url,
    // biome-ignore lint/suspicious/noExplicitAny: tests read answers by their field names
    body: (await response.json()) as any,
  };
};

describe('two CIs that are one', () => {
  it('are merged over HTTP; the old address leads to the survivor, until the merge is taken back', async () => {
    const ci = async (name: string) => String((await call('POST', '/cis', { class: 'server', name })).body.ciId);
    const [one, two] = [await ci('check-in'), await ci('check-in-again')];
    const merged = await call('POST', '/merges', { survivor: { ciId: one }, absorbed: { ciId: two } });
    expect(merged).toMatchObject({ status: 201, body: { merge: { state: 'merged' } } });
    const followed = await call('GET', `/cis/${two}`);
    expect(followed).toMatchObject({ status: 200, url: `${api}/cis/${one}`, body: { ciId: one } });
    const { mergeId } = merged.body.merge;
    // The history that it is taken back from is written a moment later.
    await until('the history', async () => (await call('POST', `/merges/${mergeId}/unmerge`, {})).status === 200);
    expect(await call('GET', `/cis/${two}`)).toMatchObject({ status: 200, body: { name: 'check-in-again' } });
  }, 60_000);

  it('may have more relationships than one transaction holds: these follow, and go back', async () => {
    const ci = async (name: string) => String((await call('POST', '/cis', { class: 'server', name })).body.ciId);
    const [one, two] = [await ci('switch'), await ci('switch-again')];
    const ports = 30;
    for (let n = 0; n < ports; n += 1) {
      const made = await call('POST', '/relationships', { from: two, type: 'connected to', to: await ci(`port-${n}`) });
      expect(made.status).toBe(201);
    }
    const edges = async (ciId: string) => (await call('GET', `/cis/${ciId}/relationships?limit=100`)).body.items.length;
    const { body } = await call('POST', '/merges', { survivor: { ciId: one }, absorbed: { ciId: two } });
    expect([body.merge.state, await edges(one)]).toEqual(['merging', ports]);
    const { mergeId } = body.merge;
    const state = async () => (await call('GET', `/merges/${mergeId}`)).body.state;
    await until('the merge', async () => (await state()) === 'merged');
    expect(await edges(one)).toBe(ports);
    await until('the history', async () => (await call('POST', `/merges/${mergeId}/unmerge`, {})).status === 200);
    await until('the reversal', async () => (await state()) === 'unmerged');
    expect([await edges(one), await edges(two)]).toEqual([0, ports]);
  }, 60_000);
});
