import { classify, type Kind } from '../glpi-json/classify.ts';
import { GlpiDocument } from '../glpi-json/document.ts';
import type { HostFacts } from './host-facts.ts';

/** Container technologies that the classification of GLPI agents does not know, in words that it does. */
const containers = /^(?:crio|cri-o|rkt|garden|kubepods|buildah|systemd[_-]nspawn|incus)$/i;
const serverProducts =
  /poweredge|proliant|primergy|thinksystem|thinkserver|system x|\bucs[bc]?\b|superserver|fusionserver|sun fire|sparc|synergy|apollo|powervault|^ibm,(?:9|8)|power system/i;
const serverSystems = /^(?:aix|solaris|sunos|hp-ux)$/i;

/**
 * Class and nature. Guests, by what the tool says or by a board that only hypervisors have, are virtual machines without asset; computers
 * are servers by chassis, product family or system. Rule: as for GLPI agents, discovery-formats.md section 27.
 */
export const kindOf = (host: HostFacts): Kind => {
  const technology = containers.test(host.technology ?? '') ? 'container' : (host.technology ?? 'guest');
  const kind = classify(
    GlpiDocument.parse({
      itemtype: 'Computer',
      content: {
        bios: { smanufacturer: host.vendor, smodel: host.product },
        hardware: { vmsystem: host.guest === true ? nameOf(technology) : undefined, chassis_type: host.chassisType },
        operatingsystem: { full_name: host.os.name },
      },
    }),
  );
  const server = host.os.server || serverProducts.test(host.product ?? '') || serverSystems.test(host.os.name ?? '');
  return kind.ciClass === 'computer' && server ? { ...kind, ciClass: 'server' } : kind;
};

/** A guest of nothing that has a name is still one. */
const nameOf = (technology: string): string =>
  /^(?:physical|none|no|n\/?a|unknown|-|0)$/i.test(technology) ? 'guest' : technology;
