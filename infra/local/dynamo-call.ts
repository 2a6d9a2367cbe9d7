const fakeSignature =
  'AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** DynamoDB refused a call: `code` is the name of its exception. */
export class DynamoFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'DynamoFault';
    this.code = code;
  }
}

/**
 * One call in DynamoDB's own JSON. The SDK is not used here on purpose: Lambda hands stream records over exactly as they are
 * on the wire (base64 binaries, `{"S": ...}` values), and the SDK would have to be undone.
 */
export const callDynamo = async <T>(endpoint: string, target: string, input: unknown): Promise<T> => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': '20250101T000000Z',
      authorization: fakeSignature,
    },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as T & { __type?: string; message?: string; Message?: string };
  if (response.ok) return answer;
  throw new DynamoFault(
    answer.__type?.split('#').at(-1) ?? `HTTP ${response.status}`,
    answer.message ?? answer.Message ?? '',
  );
};
