/** An element as far as it is kept: attributes (without prototype, cut to 16,384 characters), text, and the children that are read. */
export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** What a script told of the host, or of one of its ports. */
export type Script = { script: Element; port?: string };

/** One HOST of a scan. `ports`: the open ones, as many as are kept; `openPorts`: how many there were. `run`: attributes of the scan. */
export type Host = {
  line: number;
  run: Record<string, string>;
  attributes: Record<string, string>;
  status: Element | undefined;
  distance: Element | undefined;
  addresses: Element[];
  hostnames: Element[];
  systems: Element[];
  portsScanned: boolean;
  ports: Element[];
  openPorts: number;
  scripts: Script[];
};

/** Open ports that are kept of one host: whoever shows more answers on every port, and none of them tells anything. */
export const mostPorts = 2000;

/** The first child of a name. */
export const childOf = (element: Element, name: string): Element | undefined =>
  element.children.find((child) => child.name === name);

/** The texts below an element under a key, as scripts write their results: `<elem key="fqdn">`. */
export const valuesOf = (element: Element, key: string): string[] =>
  element.children.flatMap((child) =>
    child.name === 'elem' && child.attributes.key === key ? [child.text.trim()] : valuesOf(child, key),
  );
