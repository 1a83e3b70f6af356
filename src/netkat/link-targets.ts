import type { NetkatAtom, Policy } from './policy.js';

const known = new WeakMap<Policy<NetkatAtom>, ReadonlySet<number>>();

/**
 * The switches to which the links of a policy lead. The answer is remembered, so that many switches may ask at the
 * price of one.
 */
export function linkTargets(policy: Policy<NetkatAtom>): ReadonlySet<number> {
  const found = known.get(policy) ?? targetsOf(policy);
  known.set(policy, found);
  return found;
}

function targetsOf(policy: Policy<NetkatAtom>): ReadonlySet<number> {
  switch (policy.kind) {
    case 'atom':
      return new Set(policy.atom.kind === 'link' ? [policy.atom.to.switch] : []);
    case 'sequence':
    case 'union':
      return new Set(policy.parts.flatMap((part) => [...linkTargets(part)]));
    case 'star':
      return linkTargets(policy.body);
  }
}
