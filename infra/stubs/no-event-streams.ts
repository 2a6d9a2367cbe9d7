/**
 * Stands in for `@smithy/core/event-streams` in bundles: no operation that we call streams events (S3 Select or Kinesis would). The SDK
 * imports it dynamically, which makes esbuild wrap every module of the SDK and keep what nobody uses.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('Event streams are left out of the bundles; see infra/bundle.ts.');
  }
}

export const eventStreamSerdeProvider = undefined;

/** What clients with such operations do at their start. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;
