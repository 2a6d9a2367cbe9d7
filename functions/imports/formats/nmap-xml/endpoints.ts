import { childOf, type Element } from './host.ts';

const cut = (text: string | undefined): string | undefined => text?.slice(0, 200).toWellFormed() || undefined;

const endpointOf = (port: Element) => {
  const { protocol = 'tcp', portid } = port.attributes;
  const number = Number(portid);
  if (!/^\d{1,5}$/.test(portid ?? '') || number > 65_535) return [];
  const service = childOf(port, 'service');
  const { name, product, version, tunnel } = service?.attributes ?? {};
  const cpe = service === undefined ? undefined : childOf(service, 'cpe')?.text;
  const told = Object.entries({
    service: cut(name),
    product: cut(product),
    version: cut(version),
    tunnel,
    cpe: cut(cpe),
  });
  return [{ port: number, proto: protocol, ...Object.fromEntries(told.filter(([, text]) => text !== undefined)) }];
};

/** The open ports of a host with what answers there, in the order of their numbers. */
export const endpointsOf = (ports: readonly Element[]) =>
  ports.flatMap(endpointOf).sort((a, b) => a.port - b.port || (a.proto < b.proto ? -1 : a.proto > b.proto ? 1 : 0));
