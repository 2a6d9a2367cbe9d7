// Run after `npm install` against a registry that has only one platform's binary packages: npm then leaves the others out of the lock,
// and `npm ci` refuses it ("Missing: ... from lock file"). This adds them as npm would, without integrity.
//   node .ci/complete-lock.mjs package-lock.json
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2];
const lock = JSON.parse(readFileSync(file, 'utf8'));
const find = (from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (at === '') return undefined;
  }
};
const systems = [
  'android',
  'darwin',
  'linux',
  'win32',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
  'wasi',
];
const machines = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];
let added = 0;
for (const [path, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (find(path, name) !== undefined) continue;
    const words = name.replace(/^@[^/]+\//, '').split(/[-.]/);
    const os = systems.find((s) => words.includes(s));
    const cpu = machines.find((m) => words.includes(m)) ?? (words.some((w) => w.startsWith('arm')) ? 'arm' : undefined);
    if (!/^\d/.test(version) || (os === undefined && cpu === undefined)) {
      console.log('left out', path, name, version);
      continue;
    }
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(path === '' ? {} : entry.dev ? { dev: true } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
      ...(words.includes('musl') ? { libc: ['musl'] } : {}),
    };
    added += 1;
  }
}
const { '': root, ...rest } = lock.packages;
lock.packages = { '': root, ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'))) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log('added', added);
