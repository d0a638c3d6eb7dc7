import { expect, it } from 'vitest';
import { type Capability, grantOf, type Role } from '../../shared/domain/permissions.ts';
import { chipsFor } from '../document/list-choices.ts';
import { choices } from './filters.ts';

const mayAs = (role: Role) => (capability: Capability) => grantOf(role, capability) !== undefined;

it.each([
  ['clerk', ['all', 'draft', 'to-check', 'to-number', 'to-seal', 'to-issue', 'issued']],
  ['principal', ['all', 'mine', 'to-sign', 'issued']],
  ['teacher', ['all', 'draft', 'to-sign', 'issued']],
] as const)('offers a %s the chips of outgoing work', (role, chips) => {
  expect(chipsFor(choices.filters, mayAs(role), 'all')).toEqual(chips);
});

it('shows the chip that an address turned on, whoever sits there', () => {
  expect(chipsFor(choices.filters, mayAs('clerk'), 'cancelled').at(-1)).toBe('cancelled');
});
