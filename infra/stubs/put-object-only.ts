/**
 * Stands in for `@aws-sdk/client-s3` in bundles. Objects are read and written by signed fetch; only the signer of form posts names the
 * client, and asks this command for nothing but how its address is made. Without it the uploads function has 542 kB.
 */
export const PutObjectCommand = { getEndpointParameterInstructions: () => ({}) };
