import { describe, expect, it } from '@jest/globals';
import { checkEstate } from '../support/import-check.ts';
import { agentJson, bookCsv, type Machine, seeded, shuffled } from '../support/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { digestOf, shapeOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const seeds = Array.from({ length: 200 }, (_, n) => n + 1);
const moment = (minute: number) => `2026-11-20 06:${String(minute).padStart(2, '0')}:00`;

type Upload = { source: string; content: string; storedAt: string };

/** A small fleet as several sources saw it at several moments: books, full and partial inventories, guests seen from both sides. */
const fleetOf = (seed: number): Upload[] => {
  const random = seeded(seed);
  let minute = 0;
  const storedAt = '2026-11-20T08:00:00.000Z';
  const seen = (source: string, machine: Machine): Upload => {
    minute += 1;
    return { source, content: agentJson({ ...machine, seenAt: moment(minute) }), storedAt };
  };
  const uploads: Upload[] = [];
  const rows = [];
  for (let n = 0; n < 4; n += 1) {
    const machine: Machine = {
      name: `sky-lt-${n}`,
      serial: `SHUF${1000 + n}`,
      vendor: n % 2 === 0 ? 'Dell Inc.' : 'LENOVO',
      macs: [`a4:bb:6d:00:05:0${n}`, ...(n < 2 ? ['00:e0:4c:68:4a:9d'] : [])],
      os: `Debian ${10 + Math.floor(random() * 4)}`,
      software: ['rosterwing'],
    };
    rows.push({
      'Asset Tag': `SKY-${n}`,
      'Serial Number': machine.serial ?? '',
      Manufacturer: n % 2 === 0 ? 'Dell' : 'Lenovo',
      Location: `Gate ${Math.floor(random() * 9)}`,
    });
    uploads.push(seen('agents', machine));
    if (random() < 0.5) uploads.push(seen('scanner', { ...machine, os: 'Linux' }));
    if (random() < 0.5)
      uploads.push(seen('agents', { ...machine, os: `Debian ${20 + n}`, software: ['rosterwing', 'gateflow'] }));
    if (random() < 0.5)
      uploads.push(
        seen('agents', {
          name: machine.name,
          serial: machine.serial ?? '',
          vendor: machine.vendor ?? '',
          partial: true,
          software: [],
        }),
      );
  }
  const guest = { name: 'guest-1', uuid: '7d3c2b1a-0000-4000-8000-000000000011' };
  uploads.push(seen('agents', { name: 'cph-hv-1', serial: 'SHUFHOST', guests: [guest] }));
  uploads.push({ source: 'register', content: bookCsv(shuffled(rows, random)), storedAt });
  return uploads;
};

const importAll = async (uploads: readonly Upload[], sure: (upload: Upload, again: number) => number = () => 1) => {
  const table = memoryTable();
  const rig = importRig(table);
  for (const [n, upload] of uploads.entries()) {
    const event = rig.put(upload.source, `${n}`, upload.content, {}, upload.storedAt);
    for (let again = 0; again < sure(upload, n); again += 1) {
      await rig.plan(event);
      await rig.work();
    }
  }
  return table.items();
};

describe('the same uploads in any order', () => {
  it('end in the same state, with repeats of files and of events, over many fleets', async () => {
    const fleets = await Promise.all(
      Array.from({ length: 10 }, (_, n) => fleetOf(n)).map(async (uploads) => ({
        uploads,
        reference: await importAll(uploads),
      })),
    );
    for (const seed of seeds) {
      const { uploads, reference } = fleets[seed % fleets.length] ?? { uploads: [], reference: [] };
      const random = seeded(seed);
      const twice = [...shuffled(uploads, random), ...shuffled(uploads, random)];
      const items = await importAll(twice, () => 1 + Math.floor(random() * 2));
      expect({ seed, faults: checkEstate(items) }).toEqual({ seed, faults: [] });
      expect({ seed, shape: shapeOf(items) }).toEqual({ seed, shape: shapeOf(reference) });
      expect({ seed, state: digestOf(items) }).toEqual({ seed, state: digestOf(reference) });
    }
  }, 300_000);
  it('would not, if the last to come were believed', async () => {
    const late = (uploads: Upload[]) =>
      uploads.map((upload) => ({
        ...upload,
        content: upload.content.replace(/"logdate":"[^"]*"/, '"logdate":"2026-11-20 06:00:00"'),
      }));
    const uploads = late(fleetOf(1));
    const [forward, backward] = [await importAll(uploads), await importAll([...uploads].reverse())];
    expect(digestOf(backward)).not.toEqual(digestOf(forward));
    expect(shapeOf(backward)).toEqual(shapeOf(forward));
  });
});
