/**
 * Account and region as object keys tell them: `accountid=<id>/region=<name>` (resource data sync), `AWSLogs/<id>/Config/<name>` (Config
 * deliveries), or folders named like an account and a region.
 */
export const placeOfKey = (objectKey: string): { account: string | undefined; region: string | undefined } => ({
  account: /(?:^|\/|accountid=)(\d{12})(?=\/)/i.exec(objectKey)?.[1],
  region: /(?:^|\/|region=)([a-z]{2}(?:-(?:gov|iso[a-z]?))?-[a-z]+-\d)(?=\/)/i.exec(objectKey)?.[1]?.toLowerCase(),
});
