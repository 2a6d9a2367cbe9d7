import { type Element, type Host, mostPorts } from './host.ts';

/** The scripts that tell who a host is. */
const identifying = /^(?:smb-os-discovery|nbstat|ssl-cert|ssh-hostkey|[a-z-]+-ntlm-info)$/;

/** The most of anything else that is kept of one host or element. */
export const mostOfAKind = 64;
const mostScripts = 200;

export const newHost = (line: number, run: Record<string, string>): Host => ({
  line,
  run,
  attributes: {},
  status: undefined,
  distance: undefined,
  addresses: [],
  hostnames: [],
  systems: [],
  portsScanned: false,
  ports: [],
  openPorts: 0,
  scripts: [],
});

const push = <T>(list: T[], item: T, most: number = mostOfAKind): void => {
  if (list.length < most) list.push(item);
};

const isOpen = (port: Element): boolean =>
  port.children.some(({ name, attributes }) => name === 'state' && attributes.state === 'open');

const addPort = (host: Host, port: Element): void => {
  if (!isOpen(port)) return;
  host.openPorts += 1;
  for (const script of port.children.filter(({ name }) => name === 'script')) {
    push(host.scripts, { script, port: port.attributes.portid ?? '' }, mostScripts);
  }
  push(host.ports, { ...port, children: port.children.filter(({ name }) => name !== 'script') }, mostPorts);
};

/** Takes what an element below HOST says as it ends. Whatever is not known is passed over. */
const takers: Record<string, (host: Host, element: Element) => void> = {
  'host/status': (host, element) => {
    host.status = element;
  },
  'host/distance': (host, element) => {
    host.distance = element;
  },
  'host/address': (host, element) => push(host.addresses, element),
  'host/ports': (host) => {
    host.portsScanned = true;
  },
  'hostnames/hostname': (host, element) => push(host.hostnames, element),
  'ports/port': addPort,
  'os/osmatch': (host, element) => push(host.systems, element),
  'hostscript/script': (host, script) => {
    if (identifying.test(script.attributes.id ?? '')) push(host.scripts, { script }, mostScripts);
  },
};

/** Elements that belong to the one around them. */
const parts = new Set(['port/state', 'port/service', 'port/script', 'service/cpe', 'osmatch/osclass']);
const insideScripts = new Set(['script', 'table', 'elem']);

/** Is an element inside HOST read at all? */
export const isRead = (parent: string, name: string): boolean =>
  parts.has(`${parent}/${name}`) ||
  Object.hasOwn(takers, `${parent}/${name}`) ||
  (parent === 'host' && ['hostnames', 'os', 'hostscript'].includes(name)) ||
  (insideScripts.has(parent) && (name === 'table' || name === 'elem'));

/** Gives an element that ended to its host or to the element around it. */
export const settle = (host: Host, parent: Element, element: Element): void => {
  const way = `${parent.name}/${element.name}`;
  if (Object.hasOwn(takers, way)) takers[way]?.(host, element);
  else if (element.name !== 'script' || identifying.test(element.attributes.id ?? '')) push(parent.children, element);
};
