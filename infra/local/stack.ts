import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ArchivedEvent, openBus } from './bus.ts';
import { startConsumers } from './consumers.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { startDynamo } from './dynamo.ts';
import { startEmulator } from './emulator.ts';
import { busPath, startFront } from './front.ts';
import { divertFunctionLogs } from './function-logs.ts';
import { serveGateway } from './gateway.ts';
import { openIssuer } from './issuer.ts';
import { openJournal } from './journal.ts';
import { entryPoints, type Invoke, invoker } from './lambda.ts';
import type { LocalStack, LocalStackOptions } from './local-stack.ts';
import { type Mail, openMails } from './mails.ts';
import { openQueue } from './queues.ts';
import { compileRoutes } from './routes.ts';
import { names, setEnvironment } from './settings.ts';
import { settleWhen } from './settle.ts';
import { prepareTable } from './table.ts';

/** A handler that is still at work then is left alone: its message comes again at the next start. */
const longestStopMs = 5000;

/**
 * Starts everything that AWS would be, in this process and one child (DynamoDB), on loopback ports. When a part fails to start,
 * those already started are stopped. One stack per process at a time: functions find their surroundings in `process.env`.
 */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  const data = openDataDirectory(options);
  const stops: (() => unknown)[] = [data.remove];
  const stop = async () => {
    for (let end = stops.pop(); end !== undefined; end = stops.pop()) await end();
  };
  try {
    return { ...(await startParts(options, data, (end) => stops.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const startParts = async (
  options: LocalStackOptions,
  data: DataDirectory,
  atEnd: (end: () => unknown) => void,
): Promise<Omit<LocalStack, 'stop'>> => {
  const report = (text: string) => {
    if (options.log !== 'quiet') console.error(text);
  };
  const application = options.apiFunctions && options.consumers ? undefined : await import('../application.ts');
  const apiFunctions = options.apiFunctions ?? application?.apiFunctions ?? [];
  const consumers = options.consumers ?? application?.consumers ?? [];
  const findRoute = compileRoutes(apiFunctions);
  atEnd(divertFunctionLogs(join(data.path, 'functions.log'), report));

  const dynamo = await startDynamo(data);
  atEnd(dynamo.stop);
  const streamArn = await prepareTable(dynamo, names.table, report);
  const emulator = await startEmulator(data.path, options.awsPort ?? 0);
  atEnd(emulator.stop);
  for (const bucket of [names.uploads, names.data]) emulator.s3.createBucket(bucket);
  const mails = openMails(emulator);
  openQueue(emulator, names.chunks, 30);

  const archive = openJournal<ArchivedEvent>(join(data.path, 'events.jsonl'));
  const ofType = (query: URLSearchParams) => (event: ArchivedEvent) =>
    !query.has('type') || query.get('type') === event['detail-type'];
  const pages = {
    events: (query: URLSearchParams) => archive.read().filter(ofType(query)),
    mails: (): Mail[] => mails.read(),
    status: () => ({ pid: process.pid, dataDirectory: data.path }),
  };
  const front = await startFront(options.port ?? 0, { pages, bus: openBus(names.bus, archive) }, report);
  atEnd(front.stop);

  const keyFile = join(data.path, 'issuer.json');
  const issuer = await openIssuer(keyFile);
  setEnvironment(
    { dynamo: dynamo.endpoint, emulator: emulator.endpoint, bus: `${front.url}${busPath}` },
    keyFile,
    consumers,
  );

  let invocations = 0;
  const load = options.loadHandler ?? entryPoints();
  const invokes = new Map<string, Invoke>();
  for (const { settings } of [...apiFunctions, ...consumers]) {
    const invoke = invoker(settings, await load(settings.name));
    invokes.set(settings.name, (event) => {
      invocations += 1;
      return invoke(event);
    });
  }
  const wiring = {
    consumers,
    invokes,
    emulator,
    dynamoEndpoint: dynamo.endpoint,
    streamArn,
    directory: data.path,
    report,
  };
  const running = startConsumers(wiring);
  atEnd(() => {
    const ends = [...running.pollers, ...running.pumps].map((one) => one.stop());
    return Promise.race([Promise.all(ends), pause(longestStopMs, undefined, { ref: false })]);
  });
  front.serveApi(serveGateway({ findRoute, issuer, invokes, report }));

  return {
    apiUrl: front.url,
    s3Endpoint: emulator.endpoint,
    sqsEndpoint: emulator.endpoint,
    tableEndpoint: dynamo.endpoint,
    uploadsBucket: names.uploads,
    dataBucket: names.data,
    dataDirectory: data.path,
    tokenFor: issuer.tokenFor,
    settle: (limitMs = 60_000) => settleWhen(running, () => invocations, limitMs),
  };
};
