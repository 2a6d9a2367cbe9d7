import { detectAwsConfig } from './aws-config/detect.ts';
import { detectAwsEc2Describe } from './aws-ec2-describe/detect.ts';
import { detectAwsSsmInventory } from './aws-ssm-inventory/detect.ts';
import { detectAzureResources } from './azure-resources/detect.ts';
import { detectBackstage } from './backstage/detect.ts';
import { detectCsv } from './csv/detect.ts';
import { detectCycloneDxXml } from './cyclonedx-xml/detect.ts';
import { type Family, type Format, UnreadableFile, type UploadContext } from './format.ts';
import { detectFusionXml } from './fusion-xml/detect.ts';
import { detectGcpAssets } from './gcp-assets/detect.ts';
import { detectGlpiJson } from './glpi-json/detect.ts';
import { detectHostFacts } from './host-facts/detect.ts';
import { detectItsmJson } from './itsm-json/detect.ts';
import { detectKubernetes } from './kubernetes/detect.ts';
import { detectMdm } from './mdm/detect.ts';
import { detectNetworkNeighbours } from './network-neighbours/detect.ts';
import { detectNmapXml } from './nmap-xml/detect.ts';
import { detectOsquery } from './osquery/detect.ts';
import { detectRedfish } from './redfish/detect.ts';
import { detectSbom } from './sbom/detect.ts';
import { detectTerraformState } from './terraform-state/detect.ts';

/** A format as every planner knows it: how it is recognised, and whose it is. Nothing here may import a parser. */
type KnownFormat = Pick<Format, 'name' | 'detect'> & { family: Family };

const json = (name: string, detect: Format['detect']): KnownFormat => ({ name, detect, family: 'json' });
const registers = (name: string, detect: Format['detect']): KnownFormat => ({ name, detect, family: 'registers' });
const documents = (name: string, detect: Format['detect']): KnownFormat => ({ name, detect, family: 'documents' });

/** Every discovery format, most particular first: the first that recognises the head of a file reads it. */
export const catalogue: readonly KnownFormat[] = [
  json('glpi-json', detectGlpiJson),
  documents('fusion-xml', detectFusionXml),
  json('aws-config', detectAwsConfig),
  json('aws-ec2-describe', detectAwsEc2Describe),
  json('aws-ssm-inventory', detectAwsSsmInventory),
  json('terraform-state', detectTerraformState),
  json('gcp-assets', detectGcpAssets),
  json('kubernetes', detectKubernetes),
  json('azure-resources', detectAzureResources),
  json('osquery', detectOsquery),
  json('ansible-facts', detectHostFacts['ansible-facts']),
  json('salt-grains', detectHostFacts['salt-grains']),
  json('ohai', detectHostFacts.ohai),
  json('facter', detectHostFacts.facter),
  documents('nmap-xml', detectNmapXml),
  documents('cyclonedx-xml', detectCycloneDxXml),
  documents('network-neighbours', detectNetworkNeighbours),
  documents('backstage', detectBackstage),
  json('redfish', detectRedfish),
  registers('mdm', detectMdm),
  registers('sbom', detectSbom),
  registers('itsm-json', detectItsmJson),
  registers('csv', detectCsv),
];

/** The named format, or the first that recognises the content. Throws `UnreadableFile` (`unknown-format`) when there is none. */
export const chooseFormat = (head: string, context: UploadContext, named: string | undefined): KnownFormat => {
  // Some writers of JSON escape slashes; no format is told by that.
  const text = head.replaceAll('\\/', '/');
  const found = catalogue.find(({ name, detect }) => (named === undefined ? detect(text, context) : name === named));
  if (found !== undefined) return found;
  const known = catalogue.map(({ name }) => name).join(', ');
  throw new UnreadableFile(
    named === undefined
      ? {
          code: 'unknown-format',
          detail: `The content is of no known format (${known}). Name one in the object's metadata as "format".`,
        }
      : { code: 'unknown-format', detail: `There is no format ${named.slice(0, 60)}; known are ${known}.` },
  );
};

/** Whose a format is, by name; of a zip (`zip/a+b`) by the first of what is in it. What nobody knows is for the planner of JSON to reject. */
export const familyOf = (format: string): Family => {
  const [, first = format] = /^zip\/([^+]+)/.exec(format) ?? [];
  return catalogue.find(({ name }) => name === first)?.family ?? 'json';
};

/** May a second run have been made of the upload of such a run? */
export const isShared = (format: string): boolean => format.startsWith('zip/');
