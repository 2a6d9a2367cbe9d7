/** Something worth a warning that was seen while decoding; `offset` is its place in the decoded bytes. Each code is noted once. */
export type Notice = { code: string; detail: string; offset: number; isTold?: boolean };
