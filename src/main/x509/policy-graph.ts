/**
 * Certificate policies along a path (RFC 5280, 6.1), kept as the graph of RFC 9618 instead of a tree: hostile
 * mappings make a tree grow exponentially.
 */
import { oids } from '../asn1/oids.ts';
import type { Certificate } from './certificate.ts';
import { isSelfIssued } from './certificate.ts';

const ANY = oids.anyPolicy;

interface Node {
  readonly policy: string;
  expected: ReadonlySet<string>;
  readonly parents: readonly Node[];
}

export interface PolicyInputs {
  /** The policies the user accepts; undefined means any. */
  readonly userPolicies?: readonly string[];
  readonly explicitPolicy?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
}

export interface PolicyState {
  /** Takes in the next certificate; false when the path breaks the policy rules there. */
  accept(certificate: Certificate, isLast: boolean): boolean;
}

/** @param length certificates in the path, the anchor not counted */
export function policyState(length: number, inputs: PolicyInputs): PolicyState {
  let level: Map<string, Node> = new Map([[ANY, { policy: ANY, expected: new Set([ANY]), parents: [] }]]);
  let explicitPolicy = inputs.explicitPolicy ? 0 : length + 1;
  let policyMapping = inputs.inhibitMapping ? 0 : length + 1;
  let inhibitAny = inputs.inhibitAny ? 0 : length + 1;

  /** RFC 9618, 4.2 (d), (e). An empty level is the NULL graph, and stays so. */
  function nextLevel(certificate: Certificate, isLast: boolean): Map<string, Node> {
    const next = new Map<string, Node>();
    const previous = [...level.values()];
    // By what they expect, once: thousands of policies must not be compared with thousands.
    const byExpected = new Map<string, Node[]>();
    for (const node of previous)
      for (const policy of node.expected) {
        const nodes = byExpected.get(policy);
        if (nodes) nodes.push(node);
        else byExpected.set(policy, [node]);
      }
    const expecting = (policy: string): Node[] => byExpected.get(policy) ?? [];
    const add = (policy: string, parents: readonly Node[]): void => {
      next.set(policy, { policy, expected: new Set([policy]), parents });
    };
    const policies = certificate.extensions.policies ?? [];
    const any = level.get(ANY);
    for (const policy of policies) {
      if (policy === ANY) continue;
      const parents = expecting(policy);
      if (parents.length > 0) add(policy, parents);
      else if (any) add(policy, [any]);
    }
    if (policies.includes(ANY) && (inhibitAny > 0 || (!isLast && isSelfIssued(certificate)))) {
      for (const node of previous)
        for (const policy of node.expected) if (!next.has(policy)) add(policy, expecting(policy));
    }
    return next;
  }

  /** RFC 9618, 5.4 (b): what the next certificate's policies will be matched with. */
  function map(certificate: Certificate): boolean {
    const mappings = Map.groupBy(certificate.extensions.policyMappings, ({ issuer }) => issuer);
    for (const [issuer, pairs] of mappings) {
      if (issuer === ANY || pairs.some(({ subject }) => subject === ANY)) return false;
      if (policyMapping === 0) {
        level.delete(issuer);
        continue;
      }
      const expected = new Set(pairs.map(({ subject }) => subject));
      const node = level.get(issuer);
      const any = level.get(ANY);
      if (node) node.expected = expected;
      else if (any) level.set(issuer, { policy: issuer, expected, parents: any.parents });
    }
    return true;
  }

  function countDown(certificate: Certificate): void {
    const { requireExplicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy } = certificate.extensions;
    if (!isSelfIssued(certificate)) {
      explicitPolicy = Math.max(0, explicitPolicy - 1);
      policyMapping = Math.max(0, policyMapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicitPolicy = Math.min(explicitPolicy, requireExplicitPolicy ?? Infinity);
    policyMapping = Math.min(policyMapping, inhibitPolicyMapping ?? Infinity);
    inhibitAny = Math.min(inhibitAny, inhibitAnyPolicy ?? Infinity);
  }

  /** 6.1.5 (g): is some policy of the anchor's own words left that the user accepts? */
  function userAccepts(): boolean {
    const wanted = inputs.userPolicies;
    if (level.size === 0) return false;
    if (!wanted || wanted.includes(ANY) || level.has(ANY)) return true;
    const seen = new Set<Node>();
    const queue = [...level.values()];
    for (let node = queue.pop(); node; node = queue.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (
        node.policy !== ANY &&
        node.parents.some(({ policy }) => policy === ANY) &&
        wanted.includes(node.policy)
      )
        return true;
      for (const parent of node.parents) queue.push(parent);
    }
    return false;
  }

  return {
    accept(certificate, isLast) {
      level = nextLevel(certificate, isLast);
      if (explicitPolicy === 0 && level.size === 0) return false;
      if (!isLast) {
        if (!map(certificate)) return false;
        countDown(certificate);
        return true;
      }
      if (explicitPolicy > 0) explicitPolicy--;
      if (certificate.extensions.requireExplicitPolicy === 0) explicitPolicy = 0;
      return explicitPolicy > 0 || userAccepts();
    },
  };
}
