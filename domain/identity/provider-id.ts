/** Ids that providers document as the same in any letter case, or as lower case always: Azure resource ids, names of Google Cloud. */
const anyCase = /^(?:azure:|gcp:|\/subscriptions\/|\/providers\/|\/\/[\w.-]+\.googleapis\.com\/|projects\/)/i;

/** Ids that AWS makes: a prefix and hex digits, in lower case. Names that people give (tables, functions, roles) keep theirs. */
const madeByAws = /^(?:aws:)?(?:m?i|vol|vpc|subnet|eni|sg|ami|snap|igw|rtb|nat|acl|eipalloc)-[\da-z-]+$/i;

/** `arn:<partition>:<service>:<region>:<account>:` in any letter case; `ec2` resources are ids that AWS makes. */
const arn = /^(arn:[^:]*:([^:]*):[^:]*:[^:]*:)(.*)$/is;

/**
 * A cloud id in the form that is compared, by what its provider says of letter case. Two ids of an unknown provider that differ in case
 * are two: taken for one, they could never be told apart again.
 */
export const canonicalProviderId = (text: string): string => {
  if (anyCase.test(text) || madeByAws.test(text)) return text.toLowerCase();
  const [, head, service = '', resource = ''] = arn.exec(text) ?? [];
  if (head === undefined) return text;
  return `${head.toLowerCase()}${service.toLowerCase() === 'ec2' ? resource.toLowerCase() : resource}`;
};
