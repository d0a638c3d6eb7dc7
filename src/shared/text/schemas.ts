import { z } from 'zod';

/**
 * The strings a window may send, besides closed forms such as an id or a day: each says what becomes of the letters on
 * their way in. A test asks every argument of the contract for one of them.
 */

/** Words. Vietnamese typed on some keyboards arrives in parts, and is composed (NFC) here and nowhere else. */
export const text = () => z.string().normalize('NFC');

/** A PIN or password, which reaches its receiver exactly as typed. */
export const secret = (least: number, most: number) =>
  z.string().min(least).max(most).meta({ letters: 'secret' });

/** What the desk named before (a path, a token, a message) and a window hands back exactly as it was. */
export const named = (most: number) => z.string().min(1).max(most).meta({ letters: 'named' });
