import { awsConfig } from './aws-config/format.ts';
import { awsEc2Describe } from './aws-ec2-describe/format.ts';
import { awsSsmInventory } from './aws-ssm-inventory/format.ts';
import { azureResources } from './azure-resources/format.ts';
import { backstage } from './backstage/format.ts';
import { csv } from './csv/format.ts';
import type { Format, UploadContext } from './format.ts';
import { UnreadableFile } from './format.ts';
import { fusionXml } from './fusion-xml/format.ts';
import { gcpAssets } from './gcp-assets/format.ts';
import { glpiJson } from './glpi-json/format.ts';
import { ansibleFacts, facter, ohai, saltGrains } from './host-facts/format.ts';
import { kubernetes } from './kubernetes/format.ts';
import { mdm } from './mdm/format.ts';
import { networkNeighbours } from './network-neighbours/format.ts';
import { nmapXml } from './nmap-xml/format.ts';
import { redfish } from './redfish/format.ts';
import { sbom } from './sbom/format.ts';
import { terraformState } from './terraform-state/format.ts';

/** Every discovery format, most particular first: the first that recognises the head of a file reads it. */
export const formats: readonly Format[] = [
  glpiJson,
  fusionXml,
  awsConfig,
  awsEc2Describe,
  awsSsmInventory,
  terraformState,
  gcpAssets,
  kubernetes,
  azureResources,
  ansibleFacts,
  saltGrains,
  ohai,
  facter,
  nmapXml,
  networkNeighbours,
  backstage,
  redfish,
  mdm,
  sbom,
  csv,
];

/** The named format, or the first that recognises the content. Throws `UnreadableFile` when there is none. */
export const chooseFormat = (head: string, context: UploadContext, named: string | undefined): Format => {
  const found = formats.find(({ name, detect }) => (named === undefined ? detect(head, context) : name === named));
  if (found !== undefined) return found;
  const known = formats.map(({ name }) => name).join(', ');
  throw new UnreadableFile(
    named === undefined
      ? {
          code: 'unknown-format',
          detail: `The content is of no known format (${known}). Name one in the object's metadata as "format".`,
        }
      : { code: 'unknown-format', detail: `There is no format ${named.slice(0, 60)}; known are ${known}.` },
  );
};
