import type { EventType } from './events/index.ts';

type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/**
 * How data of an older shape is read as today's: the first of a type makes its second version of its first, and so on.
 * What stands in the journal is never written anew.
 */
const upcasters: { readonly [T in EventType]?: readonly Upcaster[] } = {};

/** The version in which a type's data is written today. */
export const versionOf = (type: EventType): number => (upcasters[type]?.length ?? 0) + 1;

export function upcast(type: EventType, version: number, data: unknown): unknown {
  const steps = upcasters[type]?.slice(version - 1) ?? [];
  return steps.reduce((shape, step) => step(shape), data as Record<string, unknown>);
}
