import type { Construct } from 'constructs';
import type { Consumer } from '../application.ts';
import type { Watch } from '../watches.ts';
import type { ConsumerProps } from './consumer-props.ts';
import { QueueConsumer } from './queue-consumer.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { UploadConsumer } from './upload-consumer.ts';

type ConsumerConstruct = new (scope: Construct, id: string, props: ConsumerProps) => { watches: Watch[] };

const byKind = { upload: UploadConsumer, queue: QueueConsumer, stream: StreamConsumer };

/** The function of a consumer and what wakes it. */
export const addConsumer = (
  scope: Construct,
  { settings, trigger }: Consumer,
  shared: Pick<ConsumerProps, 'resources' | 'codeOf'>,
): { watches: Watch[] } => {
  const construct = byKind[trigger.kind] as unknown as ConsumerConstruct;
  return new construct(scope, settings.name, { settings, trigger, ...shared });
};
