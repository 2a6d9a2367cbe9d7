/**
 * One object of a state. `address` is full (`module.net["a"].aws_subnet.front[0]`), `config` the same without indices, as dependencies
 * write it. `attributes` holds only what may be shown or names the object: the rest of a state is full of secrets.
 */
export type StateInstance = {
  address: string;
  config: string;
  module: string;
  type: string;
  name: string;
  provider: string;
  attributes: Record<string, unknown>;
  dependsOn: string[];
  tainted: boolean;
  line?: number;
};

/** The address with its index: a number by `count`, a text by `for_each`. */
export const withIndex = (address: string, index: unknown): string => {
  if (typeof index === 'number') return `${address}[${index}]`;
  return typeof index === 'string' ? `${address}[${JSON.stringify(index)}]` : address;
};

/** An address without indices: every instance of a resource has the same. Keys may hold brackets and quotes themselves. */
export const configOf = (address: string): string => address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');

/** Providers whose resources exist in the state alone: random names, waiting times, files on the machine that ran Terraform. */
const stateOnly = /^(?:random|null|time|tls|local|template|archive|external|http|terraform)_/;

/** Whether a resource stands for something outside of the state. */
export const isReal = (type: string): boolean => !stateOnly.test(type);
