import { Avatar } from '@fluentui/react-components';
import { initialsOf } from './initials.ts';

/** A person's initials in a circle of their own colour; the name itself stands beside it. */
export function PersonAvatar({ name, size = 32 }: { readonly name: string; readonly size?: 24 | 32 }) {
  return <Avatar size={size} name={name} initials={initialsOf(name)} color="colorful" aria-hidden />;
}
