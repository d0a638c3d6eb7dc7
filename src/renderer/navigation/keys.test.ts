import { describe, expect, it } from 'vitest';
import { actionFor, ariaKey, keys, withKey } from './keys.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

describe('keys', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'search'],
    [press('K', { ctrlKey: true }), 'search'],
    [press('F5'), 'sync'],
    [press('Enter', { ctrlKey: true }), 'primary'],
    [press('=', { ctrlKey: true }), 'zoomIn'],
    [press('+', { ctrlKey: true, shiftKey: true }), 'zoomIn'],
    [press('-', { ctrlKey: true }), 'zoomOut'],
    [press('Escape'), 'back'],
    [press('k'), undefined],
    [press('k', { ctrlKey: true, shiftKey: true }), undefined],
    [press('k', { ctrlKey: true, altKey: true }), undefined],
  ] as const)('%o means %s', (pressed, action) => expect(actionFor(pressed)).toBe(action));

  it('are each for one thing', () => {
    const combinations = Object.values(keys);
    expect(new Set(combinations).size).toBe(combinations.length);
  });

  it('are shown as people and screen readers know them', () => {
    expect(withKey('Tìm', 'search')).toBe('Tìm (Ctrl+K)');
    expect(withKey('Quay lại', 'back')).toBe('Quay lại (Esc)');
    expect(ariaKey('primary')).toBe('Control+Enter');
    expect(ariaKey('zoomIn')).toBe('Control+Plus');
  });
});
