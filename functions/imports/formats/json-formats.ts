import { awsConfig } from './aws-config/format.ts';
import { awsEc2Describe } from './aws-ec2-describe/format.ts';
import { awsSsmInventory } from './aws-ssm-inventory/format.ts';
import { azureResources } from './azure-resources/format.ts';
import type { Registry } from './format.ts';
import { gcpAssets } from './gcp-assets/format.ts';
import { glpiJson } from './glpi-json/format.ts';
import { ansibleFacts, facter, ohai, saltGrains } from './host-facts/format.ts';
import { kubernetes } from './kubernetes/format.ts';
import { osquery } from './osquery/format.ts';
import { redfish } from './redfish/format.ts';
import { terraformState } from './terraform-state/format.ts';

/** What plan-import reads: what agents and clouds tell, all in JSON. In the order of the catalogue. */
export const jsonFormats: Registry = {
  family: 'json',
  formats: [
    glpiJson,
    awsConfig,
    awsEc2Describe,
    awsSsmInventory,
    terraformState,
    gcpAssets,
    kubernetes,
    azureResources,
    osquery,
    ansibleFacts,
    saltGrains,
    ohai,
    facter,
    redfish,
  ],
};
