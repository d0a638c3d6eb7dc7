import type { Role } from './people.ts';

export type { Role } from './people.ts';

/** `own`: only documents assigned to, drafted by or waiting for that person. */
export type Grant = 'all' | 'own';

/**
 * Who may do what: first cut of the matrix for a school office (NĐ 30/2020, Điều 6, 12, 13, 32; shared rule: who signs
 * does not number, who administers has no say in documents).
 */
const table = {
  'incoming.view': { clerk: 'all', principal: 'all', teacher: 'own' },
  'incoming.register': { clerk: 'all' },
  'incoming.refuse': { clerk: 'all' },
  'incoming.direct': { principal: 'all' },
  'incoming.stamp': { clerk: 'all' },
  'incoming.comment': { principal: 'all' },
  'incoming.handle': { clerk: 'own', principal: 'own', teacher: 'own' },
  'outgoing.view': { clerk: 'all', principal: 'all', teacher: 'own' },
  'outgoing.draft': { clerk: 'all', principal: 'all', teacher: 'own' },
  'outgoing.check': { clerk: 'all' },
  'outgoing.sign': { principal: 'own' },
  'outgoing.number': { clerk: 'all' },
  'outgoing.seal': { clerk: 'all' },
  'outgoing.issue': { clerk: 'all' },
  'copy.sign': { clerk: 'all' },
  'copy.order': { principal: 'all' },
  'file.sign': { clerk: 'all', principal: 'all', teacher: 'all' },
  'file.seal': { clerk: 'all' },
  'file.view': { clerk: 'own', principal: 'own', teacher: 'own' },
  'exchange.view': { clerk: 'all', principal: 'all' },
  'exchange.run': { clerk: 'all', principal: 'all' },
  'register.view': { clerk: 'all', principal: 'all' },
  'journal.check': { clerk: 'all', principal: 'all' },
  'settings.view': { clerk: 'all', principal: 'all', teacher: 'all' },
  'settings.change': { clerk: 'all', principal: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Grant>>>;

export type Capability = keyof typeof table;
export const capabilities = Object.keys(table) as readonly Capability[];

/** What `role` may do of `capability`; undefined means not at all. */
export function grantOf(role: Role, capability: Capability): Grant | undefined {
  const row: Partial<Record<Role, Grant>> = table[capability];
  return row[role];
}
