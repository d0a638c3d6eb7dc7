import { expect, it } from 'vitest';
import { inGroups } from './upkeep.ts';

it('puts upkeep that follows upkeep together, and nothing that a person did', () => {
  const types = [
    'file.verified',
    'incoming.opened',
    'incoming.opened',
    'proof.assessed',
    'proof.added',
    'proof.assessed',
    'incoming.closed',
  ] as const;
  const entries = types.map((type, seq) => ({ seq, at: seq, actor: '', type, detail: {} }));
  const seqs = inGroups(entries).map((group) => group.map(({ seq }) => seq));
  expect(seqs).toEqual([[0], [1], [2], [3, 4, 5], [6]]);
});
