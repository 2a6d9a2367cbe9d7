import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportRun, RecordOutcome } from '../../domain/import/run.ts';
import { readApi } from '../../infra/local/api-client.ts';
import { awsSnapshot, declaredInstance, foundInstance, terraformState } from '../support/drift-world.ts';
import { readState } from '../support/estate-state.ts';
import { killScripts, runScript, untilRunning } from '../support/processes.ts';
import { temporaryDirectory, until } from '../support/temporary.ts';

const directory = temporaryDirectory();
const estate = 'test/fixtures/estate';

/** Starts as a person would, and waits until everything is imported. */
const npmStart = async (data: string) => {
  const script = runScript(data, 'infra/local/start.ts', '--port', '0');
  await untilRunning(script, data);
  await until(
    'the import',
    () => script.child.exitCode !== null || /in all +\d+ assets/.test(script.printed.out),
    60_000,
  );
  const { out } = script.printed;
  const [api = '', viewer = ''] = [/API +(\S+)/.exec(out)?.[1], /viewer +(\S+)/.exec(out)?.[1]];
  const stop = () => {
    script.child.kill('SIGINT');
    return script.ended;
  };
  return { ...script, api, read: readApi(api, viewer), state: () => readState(api, viewer), stop };
};

type Line = { file: string; run: ImportRun; records: RecordOutcome[] };
const upload = async (...args: string[]) => {
  const { ended, printed } = runScript(directory, 'infra/local/upload.ts', ...args);
  const code = await ended;
  return {
    code,
    lines: printed.out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line),
    ...printed,
  };
};

let stack: Awaited<ReturnType<typeof npmStart>>;
let undisturbed: Awaited<ReturnType<typeof stack.state>>;

beforeAll(async () => {
  stack = await npmStart(directory);
  undisturbed = await stack.state();
});
afterAll(() => {
  killScripts();
  rmSync(directory, { recursive: true, force: true });
});

describe('npm start', () => {
  it('answers, and has imported every file of the estate', async () => {
    expect(await (await fetch(`${stack.api}/health`)).json()).toMatchObject({ status: 'ok' });
    expect(new Set(undisturbed.runs?.map((run) => (run as ImportRun).status))).toEqual(new Set(['completed']));
    expect(undisturbed.runs).toHaveLength(41);
    expect(undisturbed.assets?.length).toBeGreaterThan(35);
    expect(undisturbed.cis?.length).toBeGreaterThan(50);
  });

  it('has judged and counted every record that is not retired', async () => {
    type Listed = { items: { status: string }[] };
    const [cis, assets] = [await stack.read<Listed>('/cis?limit=100'), await stack.read<Listed>('/assets?limit=100')];
    const live = [...cis.items, ...assets.items].filter(({ status }) => !['retired', 'disposed'].includes(status));
    const card = await stack.read<{ records: number; score: number }>('/data-health');
    expect(card.records).toBe(live.length);
    expect(card.score).toBeLessThan(100);
  });

  it('lists its sources with their last runs, and devices that nobody owns', async () => {
    type Sources = { items: { source: string; lastRun: { status: string }; isOverdue: boolean }[] };
    const { items } = await stack.read<Sources>('/sources?limit=100');
    expect(items.map(({ source }) => source)).toEqual(['asset-register', 'glpi-agent', 'glpi-network', 'services']);
    expect(items.every(({ lastRun, isOverdue }) => lastRun.status === 'completed' && !isOverdue)).toBe(true);
    const unknown = await stack.read<{ items: { state: string }[] }>('/unknown-devices');
    expect(unknown.items.filter(({ state }) => state === 'converted')).toEqual([]);
  });

  it('publishes what happened', async () => {
    const events = (await (await fetch(`${stack.api}/_local/events?type=AssetCreated`)).json()) as unknown[];
    expect(events).toHaveLength(undisturbed.assets?.length ?? 0);
  });

  it('knows what a class inherits, how things may be related, and who hangs on what', async () => {
    const server = await stack.read<{ path: string[]; version: number }>('/ci-classes/server');
    expect(server).toMatchObject({ path: ['device', 'computer', 'server'], version: 0 });
    const types = await stack.read<{ items: unknown[] }>('/relationship-types');
    expect(types.items).toContainEqual(expect.objectContaining({ type: 'runs on', inverse: 'hosts' }));
    const { items } = await stack.read<{ items: { ciId: string; class: string }[] }>('/cis?class=computer&limit=100');
    expect([...new Set(items.map((ci) => ci.class))].sort()).toEqual(['computer', 'server']);
    const hosts = await Promise.all(
      items.map(({ ciId }) => stack.read<{ counts: { dependents: number } }>(`/cis/${ciId}/dependents`)),
    );
    expect(hosts.some(({ counts }) => counts.dependents > 0)).toBe(true);
  });

  it('reads the software of a machine back from the bucket', async () => {
    const { items } = await stack.read<{ items: { ciId: string }[] }>('/cis?class=computer&limit=100');
    type Lists = { items: { section: string; count: number }[] };
    const lists = await Promise.all(items.map(({ ciId }) => stack.read<Lists>(`/cis/${ciId}/details`)));
    const at = lists.findIndex((one) => one.items.some(({ section }) => section === 'software'));
    const path = `/cis/${items[at]?.ciId}/details/software?limit=100`;
    const list = await stack.read<{ count: number; items: unknown[] }>(path);
    expect(list.items).toHaveLength(Math.min(100, list.count));
    expect(list.count).toBeGreaterThan(0);
    type Products = { items: { name: string; installs: number }[] };
    await until('products', async () => (await stack.read<Products>('/software-products')).items.length > 0);
  });

  it('draws what a service hangs on: the map as JSON, and the same as a picture', async () => {
    const { items } = await stack.read<{ items: { ciId: string }[] }>('/cis?class=business-service&limit=1');
    const path = `/cis/${items[0]?.ciId}/map`;
    const map = await stack.read<{ nodes: { id: string; name: string; layer: string }[]; edges: unknown[] }>(path);
    expect(map.nodes[0]).toMatchObject({ id: items[0]?.ciId, layer: 'service' });
    expect([map.nodes.length > 1, map.edges.length > 0]).toEqual([true, true]);
    const token = /admin +(\S+)/.exec(stack.printed.out)?.[1] ?? '';
    const headers = { authorization: `Bearer ${token}`, accept: 'image/svg+xml' };
    const picture = await fetch(`${stack.api}${path}`, { headers });
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await picture.text()).toContain(`<title id="map-title">Service map of ${map.nodes[0]?.name}</title>`);
  });

  it('again on the same data changes nothing and makes no run', async () => {
    await stack.stop();
    stack = await npmStart(directory);
    expect(await stack.state()).toEqual(undisturbed);
  });

  it('again and again after being killed in the middle of the import ends in the same state', async () => {
    const data = join(directory, 'killed');
    const published = () => {
      try {
        return readFileSync(join(data, 'events.jsonl'), 'utf8').split('\n').length;
      } catch {
        return 0;
      }
    };
    for (const progress of [1, 60, 130]) {
      const { child, ended } = runScript(data, 'infra/local/start.ts', '--port', '0');
      await until(`${progress} events`, () => published() >= progress, 60_000);
      child.kill('SIGKILL');
      await ended;
    }
    const survivor = await npmStart(data);
    expect(await survivor.state()).toEqual(undisturbed);
    await survivor.stop();
  }, 240_000);
});

describe('npm run upload', () => {
  it('prints one line per file, and the same file again is all unchanged', async () => {
    const file = `${estate}/glpi-agent/sky-lt-0141.json`;
    const { code, lines } = await upload(file, file, '--source', 'second-agent');
    expect([code, lines.map((line) => line.file)]).toEqual([0, [file, file]]);
    const [first, second] = lines;
    expect(first?.run).toMatchObject({ status: 'completed', objectKey: 'discovery/second-agent/sky-lt-0141.json' });
    expect(first?.records).toHaveLength(first?.run.counts.records ?? 0);
    expect(first?.records[0]).toMatchObject({ outcome: 'linked', matchedBy: { rule: expect.any(String) } });
    expect(second?.run.runId).not.toBe(first?.run.runId);
    expect(new Set(second?.records.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
  });

  it('plans only, when told so', async () => {
    const before = await stack.read<{ items: unknown[] }>('/cis?limit=100');
    const { code, lines } = await upload(`${estate}/services/services.csv`, '--source', 'dry', '--mode', 'plan');
    expect([code, lines[0]?.run.status, lines[0]?.run.mode]).toEqual([0, 'planned', 'plan']);
    expect(lines[0]?.records.length).toBeGreaterThan(0);
    expect(await stack.read('/cis?limit=100')).toEqual(before);
  });

  it('ends with 1 when a file is rejected, after the others are in', async () => {
    const bad = join(directory, 'odd', 'sky-lt-0141.json');
    mkdirSync(join(directory, 'odd'));
    writeFileSync(bad, 'neither JSON nor a table');
    const { code, lines, err } = await upload(bad, `${estate}/glpi-agent/sky-lt-0141.json`, '--source', 'mixed');
    expect([code, lines.map(({ run }) => run.status)]).toEqual([1, ['rejected', 'completed']]);
    expect(lines.map(({ run }) => run.objectKey)).toEqual([
      'discovery/mixed/odd/sky-lt-0141.json',
      'discovery/mixed/glpi-agent/sky-lt-0141.json',
    ]);
    expect(err).toContain(lines[0]?.run.problem?.detail);
  });
});

describe('what has changed, and what is not as declared', () => {
  it('is told over HTTP: a baseline against now, and a state of Terraform against AWS Config', async () => {
    const admin = /admin +(\S+)/.exec(stack.printed.out)?.[1] ?? '';
    const post = async (path: string, body: object) => {
      const headers = {
        authorization: `Bearer ${admin}`,
        'idempotency-key': 'e2e-baseline',
        'content-type': 'application/json',
      };
      const response = await fetch(`${stack.api}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: response.status, body: (await response.json()) as Record<string, string> };
    };
    const frozen = await post('/baselines', { name: 'before', scope: { class: 'virtual-machine' } });
    expect([frozen.status, frozen.body.status]).toEqual([201, 'ready']);
    const files = join(directory, 'drift');
    mkdirSync(files);
    writeFileSync(join(files, 'state.json'), terraformState([declaredInstance({ instance_type: 'm7i.large' }, [])]));
    writeFileSync(join(files, 'aws.json'), awsSnapshot([foundInstance({ instanceType: 'm7i.xlarge' }, {}, [])]));
    await upload(join(files, 'state.json'), '--source', 'terraform');
    await upload(join(files, 'aws.json'), '--source', 'aws-config');
    type Listed = { items: Record<string, unknown>[] };
    const findings = () => stack.read<Listed>('/drift-findings?state=open');
    await until('a finding', async () => (await findings()).items.length > 0);
    expect((await findings()).items).toMatchObject([
      { subject: 'instanceType', declared: { value: 'm7i.large' }, discovered: { value: 'm7i.xlarge' } },
    ]);
    const diff = await stack.read<Listed>(`/baselines/${frozen.body.baselineId}/diff?against=now`);
    expect(diff.items).toMatchObject([{ change: 'added', after: { class: 'virtual-machine' } }]);
  }, 60_000);
});
