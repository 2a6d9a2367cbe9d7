import { backstage } from './backstage/format.ts';
import { cycloneDxXml } from './cyclonedx-xml/format.ts';
import type { Registry } from './format.ts';
import { fusionXml } from './fusion-xml/format.ts';
import { networkNeighbours } from './network-neighbours/format.ts';
import { nmapXml } from './nmap-xml/format.ts';

/** What plan-documents reads: formats that need a parser of XML or YAML. In the order of the catalogue. */
export const documentFormats: Registry = {
  family: 'documents',
  formats: [fusionXml, nmapXml, cycloneDxXml, networkNeighbours, backstage],
};
