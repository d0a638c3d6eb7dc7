/** Widgets of ours in the structure tree of tagged files (ISO 32000-2, 14.7 and 14.8.4.8.2). */
import type { CosDict, CosObject, CosRef } from './cos.ts';
import { dict, intOf, isArray, isDict, isRef, name, nameOf, textString, withEntries } from './cos.ts';
import { listFields, signatureOf } from './form.ts';
import type { IncrementalWriter } from './incremental.ts';
import { damaged, LIMITS } from './limits.ts';
import type { Page } from './pages.ts';

/**
 * Puts a new widget into the structure tree as a `Form` element and returns what its dictionary says of that
 * (`/StructParent`); nothing where the file is not tagged. A signed file's tree stays as it is: readers call the
 * signatures broken when it changes, and those weigh more than the tag.
 */
export function tagWidget(
  writer: IncrementalWriter,
  page: Page,
  widget: CosRef,
  label: string,
): { StructParent?: number } {
  const { document } = writer;
  const rootRef = document.catalog.get('StructTreeRoot');
  const root = writer.get(rootRef);
  if (document.dict(document.catalog.get('MarkInfo'))?.get('Marked') !== true) return {};
  if (!isRef(rootRef) || !isDict(root)) return {};
  if (listFields(document).some((field) => signatureOf(field))) return {};
  const key = nextKey(writer, root);
  // A parent tree of nothing belongs to no content that is really tagged; its pages may name keys it lacks.
  if (key === 0) return {};
  const parent = topElement(writer, root) ?? rootRef;
  const element = writer.add(
    dict({
      Type: name('StructElem'),
      S: name('Form'),
      P: parent,
      Pg: page.ref,
      Alt: textString(label),
      K: dict({ Type: name('OBJR'), Obj: widget, Pg: page.ref }),
    }),
  );
  addKid(writer, parent, element);
  addToParentTree(writer, rootRef, key, element);
  return { StructParent: key };
}

/** The one element below the root, mostly /Document, that holds all others. */
function topElement(writer: IncrementalWriter, root: CosDict): CosRef | undefined {
  const held = root.get('K');
  const kids = writer.get(held);
  const only = isArray(kids) ? (kids.length === 1 ? kids[0] : undefined) : held;
  const element = writer.get(only);
  return isRef(only) && isDict(element) && nameOf(element.get('S')) !== undefined ? only : undefined;
}

function addKid(writer: IncrementalWriter, parent: CosRef, element: CosRef): void {
  const owner = writer.get(parent);
  if (!isDict(owner)) throw damaged('structure');
  const held = owner.get('K');
  const kids = writer.get(held);
  if (isRef(held) && isArray(kids)) writer.set(held, [...kids, element]);
  else {
    const list = held === undefined ? [] : isArray(kids) ? kids : [held];
    writer.set(parent, withEntries(owner, { K: [...list, element] }));
  }
}

/** /ParentTreeNextKey is a claim; what the tree already holds counts as well. */
function nextKey(writer: IncrementalWriter, root: CosDict): number {
  let next = Math.max(0, intOf(writer.get(root.get('ParentTreeNextKey'))) ?? 0);
  const visit = (object: CosObject | undefined, depth: number): void => {
    const node = writer.get(object);
    if (!isDict(node)) return;
    if (depth > LIMITS.treeDepth) throw damaged('parent-tree');
    const limits = writer.get(node.get('Limits'));
    const last = isArray(limits) ? intOf(writer.get(limits[1])) : undefined;
    if (last !== undefined) next = Math.max(next, last + 1);
    const numbers = writer.get(node.get('Nums'));
    if (isArray(numbers)) {
      for (let i = 0; i < numbers.length; i += 2) next = Math.max(next, (intOf(numbers[i]) ?? -1) + 1);
    }
    const kids = writer.get(node.get('Kids'));
    // Sorted by key (7.9.7): the last kid holds the largest.
    if (isArray(kids)) visit(kids.at(-1), depth + 1);
  };
  visit(root.get('ParentTree'), 0);
  return next;
}

/** The key is larger than all others, so the entry goes behind them (7.9.7). */
function addToParentTree(writer: IncrementalWriter, rootRef: CosRef, key: number, element: CosRef): void {
  const root = writer.get(rootRef);
  if (!isDict(root)) throw damaged('structure');
  const held = root.get('ParentTree');
  const tree = writer.get(held);
  const node = isDict(tree) ? tree : dict({});
  const kids = writer.get(node.get('Kids'));
  const numbers = writer.get(node.get('Nums'));
  const grown = isArray(kids)
    ? { Kids: [...kids, writer.add(dict({ Limits: [key, key], Nums: [key, element] }))] }
    : { Nums: [...(isArray(numbers) ? numbers : []), key, element] };
  const changed = withEntries(node, grown);
  const isIndirect = isRef(held) && isDict(tree);
  if (isIndirect) writer.set(held, changed);
  const ParentTree = isIndirect ? held : changed;
  writer.set(rootRef, withEntries(root, { ParentTree, ParentTreeNextKey: key + 1 }));
}
