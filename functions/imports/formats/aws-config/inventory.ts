import { readContents } from '../aws-ssm-inventory/contents.ts';
import { mapNode } from '../aws-ssm-inventory/map-node.ts';
import type { UploadContext } from '../format.ts';
import type { Place } from '../json-piece.ts';
import type { Draft } from '../json-records.ts';
import type { ConfigItem } from './item.ts';
import { mapItem } from './map-item.ts';

/** Whether the item holds what Systems Manager knows of a node, and is no resource of its own. */
export const isInventory = ({ type }: ConfigItem): boolean => type === 'AWS::SSM::ManagedInstanceInventory';

/**
 * The inventory of a managed node as a partial record of the node. When AWS Config says that the inventory is deleted, the node may live
 * on: then the record tells of the inventory alone, which no CI was made of.
 */
export const mapInventoryItem = (item: ConfigItem, context: UploadContext, place: Place): Draft[] => {
  if (/deleted/i.test(item.status ?? '')) return [{ record: { ...mapItem(item), line: place.line } }];
  const { account, configuration, id, observedAt, region } = item;
  return mapNode({ account, region, id, observedAt, contents: readContents(configuration) }, context, place);
};
