/** The role's credentials as the Lambda runtime hands them over: in the environment. Throws when they are missing. */
export const awsCredentials = () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('The environment holds no AWS credentials.');
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
};

/** The region the function runs in. Throws when it is missing. */
export const awsRegion = (): string => {
  const region = process.env.AWS_REGION;
  if (!region) throw new Error('The environment names no AWS region.');
  return region;
};
