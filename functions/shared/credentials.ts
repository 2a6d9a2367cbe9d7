/** The role's credentials as the Lambda runtime hands them over: in the environment. */
export const awsCredentials = () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  ...(process.env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: process.env.AWS_SESSION_TOKEN }),
  ...(process.env.AWS_REGION === undefined ? {} : { region: process.env.AWS_REGION }),
});
