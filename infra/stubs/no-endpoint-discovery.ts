/**
 * Stands in for `@aws-sdk/middleware-endpoint-discovery` in bundles. The DynamoDB client sets it up, but no command of it asks a
 * discovered endpoint any more; the client's own endpoint is always used.
 */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;

export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: false,
};
