/** The first letters of the family's and the person's own name, which is the last: `Nguyễn Thị Thu Hà` is `NH`. */
export function initialsOf(name: string): string {
  const parts = name.normalize('NFC').split(/\s+/).filter(Boolean);
  const ends = parts.length > 1 ? [parts[0]!, parts.at(-1)!] : parts;
  return ends.map((part) => part.slice(0, 1).toLocaleUpperCase('vi')).join('');
}
