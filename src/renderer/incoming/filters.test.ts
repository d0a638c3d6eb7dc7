import { expect, it } from 'vitest';
import { type Capability, grantOf, type Role } from '../../shared/domain/permissions.ts';
import { chipsFor } from '../document/list-choices.ts';
import { choices } from './filters.ts';

const mayAs = (role: Role) => (capability: Capability) => grantOf(role, capability) !== undefined;

it.each([
  ['clerk', ['all', 'to-register', 'to-handle', 'urgent', 'overdue', 'closed', 'refused']],
  ['principal', ['all', 'to-direct', 'to-handle', 'urgent', 'overdue', 'closed']],
  ['teacher', ['all', 'to-handle', 'urgent', 'overdue', 'closed']],
] as const)('offers a %s the chips of incoming work', (role, chips) => {
  expect(chipsFor(choices.filters, mayAs(role), 'all')).toEqual(chips);
});

it('shows the chip that an address turned on, whoever sits there', () => {
  expect(chipsFor(choices.filters, mayAs('teacher'), 'due-soon').at(-1)).toBe('due-soon');
});
