import { textAt } from '../host-facts/pick.ts';
import type { Nameplate } from './box.ts';
import type { Json } from './resources.ts';

const serviceTag = /^[A-Z\d]{5,7}$/;

/**
 * Manufacturer, model, serial, tag. Dell's controllers write the service tag as SKU and the number of the board as serial: agents and
 * asset books know the service tag.
 */
export const readNameplate = (body: Json): Nameplate => {
  const manufacturer = textAt(body, 'Manufacturer');
  const [serial, sku] = [textAt(body, 'SerialNumber'), textAt(body, 'SKU')];
  const tag = textAt(body, 'Oem.Dell.DellSystem.NodeID', 'Oem.Dell.DellSystem.ChassisServiceTag') ?? sku;
  const isDell = /^dell/i.test(manufacturer ?? '') && tag !== undefined && serviceTag.test(tag) && serial !== tag;
  return {
    manufacturer,
    model: textAt(body, 'Model'),
    serial: isDell ? tag : serial,
    boardSerial: isDell ? serial : undefined,
    assetTag: textAt(body, 'AssetTag'),
    sku: isDell ? undefined : sku,
    partNumber: textAt(body, 'PartNumber'),
  };
};
