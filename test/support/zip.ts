import { crc32, deflateRawSync } from 'node:zlib';

/** A file for a zip. What differs from an honest one is said: flags, method, sizes and sum as the directory tells them. */
export type ZipFile = {
  name: string | Buffer;
  content: string | Buffer;
  stored?: boolean;
  flags?: number;
  method?: number;
  plain?: number;
  sum?: number;
  /** Sizes and offset in the extra field, as files beyond 4 GB have them. */
  zip64?: boolean;
  /** Points at the data of the entry of this number instead of its own. */
  sameDataAs?: number;
};

/** Writes a zip as the format has it (APPNOTE 6.3), so that tests can also write what no packer would. */
export const zipOf = (files: readonly ZipFile[], { zip64End = false, comment = '' } = {}): Buffer => {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, file] of files.entries()) {
    const content = Buffer.from(file.content);
    const packed = file.stored ? content : deflateRawSync(content);
    const name = Buffer.from(file.name);
    const sizes = { packed: packed.length, plain: file.plain ?? content.length };
    const common = commonHeader(file, content, sizes, name);
    const header = Buffer.concat([u32(0x04034b50), common, u16(name.length), u16(0), name]);
    const at = file.sameDataAs === undefined ? offset : (offsets[file.sameDataAs] ?? 0);
    offsets.push(at);
    const extra = file.zip64 ? Buffer.concat([u16(1), u16(24), u64(sizes.plain), u64(sizes.packed), u64(at)]) : none;
    const listed = file.zip64 ? commonHeader(file, content, { packed: 0xffffffff, plain: 0xffffffff }, name) : common;
    directory.push(
      Buffer.concat([u32(0x02014b50), u16(45), listed, u16(name.length), u16(extra.length), u16(0), u16(0), u16(0)]),
      Buffer.concat([u32(0), u32(file.zip64 ? 0xffffffff : at), name, extra]),
    );
    if (file.sameDataAs !== undefined && file.sameDataAs !== index) continue;
    local.push(header, packed);
    offset += header.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const count = files.length;
  const end64 = Buffer.concat([u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(count), u64(count)]);
  const locator = Buffer.concat([u32(0x07064b50), u32(0), u64(offset + list.length), u32(1)]);
  const zip64 = zip64End ? [end64, u64(list.length), u64(offset), locator] : [];
  const few = Math.min(count, 0xffff);
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(few),
    u16(few),
    u32(list.length),
    u32(zip64End ? 0xffffffff : offset),
  ];
  return Buffer.concat([...local, list, ...zip64, ...end, u16(comment.length), Buffer.from(comment)]);
};

const none = Buffer.alloc(0);

const commonHeader = (file: ZipFile, content: Buffer, sizes: { packed: number; plain: number }, name: Buffer) => {
  const utf8 = name.some((byte) => byte > 127) && typeof file.name === 'string' ? 0x800 : 0;
  const method = file.method ?? (file.stored ? 0 : 8);
  const sum = file.sum ?? crc32(content);
  const time = [u16(0), u16(0x5d76)];
  return Buffer.concat([
    u16(45),
    u16((file.flags ?? 0) | utf8),
    u16(method),
    ...time,
    u32(sum),
    u32(sizes.packed),
    u32(sizes.plain),
  ]);
};

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
