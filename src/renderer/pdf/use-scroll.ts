import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Anchor, anchorAt, positionOf, rowAt, rowsBetween, type Stack, totalHeight } from './stack.ts';
import type { PageSize } from './zoom.ts';

export interface Scroll {
  /** Rows to draw. */
  readonly rows: readonly number[];
  /** The row in the middle of the view. */
  readonly current: number;
  /** Brings a point of a row to the top of the view, or to its middle. */
  readonly show: (anchor: Anchor, where: 'top' | 'middle') => void;
}

/**
 * What of `stack` is in view of `element`, which is so many CSS pixels high. When heights change, by zooming or because
 * a page turns out to be of another size, the middle of the view stays where it is.
 */
export function useScroll(element: HTMLElement | null, height: number, stack: Stack): Scroll {
  const [anchor, setAnchor] = useState<Anchor>({ row: 0, fraction: 0 });
  const lowest = Math.max(0, totalHeight(stack) - height);
  const top = Math.min(lowest, Math.max(0, positionOf(stack, anchor) - height / 2));

  const drawn = useRef(stack);
  useLayoutEffect(() => {
    // Only then: while a person scrolls, the element is ahead of what was last drawn.
    if (drawn.current !== stack) element?.scrollTo({ top });
    drawn.current = stack;
  });

  useEffect(() => {
    const scrolled = () => {
      if (element) setAnchor(anchorAt(stack, element.scrollTop + element.clientHeight / 2));
    };
    element?.addEventListener('scroll', scrolled, { passive: true });
    return () => element?.removeEventListener('scroll', scrolled);
  }, [element, stack]);

  return {
    rows: rowsBetween(stack, top, top + height),
    current: rowAt(stack, top + height / 2),
    show: (wanted, where) => {
      const wantedTop = positionOf(stack, wanted) - (where === 'middle' ? height / 2 : 0);
      // At once, not only when the scroll event comes: pages may change their size before it.
      setAnchor(anchorAt(stack, wantedTop + height / 2));
      element?.scrollTo({ top: wantedTop });
    },
  };
}

/** Inner size of an element without its scroll bars, in CSS pixels; follows every change. */
export function useInnerSize(element: HTMLElement | null): PageSize {
  const [size, setSize] = useState<PageSize>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
