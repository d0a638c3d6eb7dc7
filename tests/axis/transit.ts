import { randomUUID } from 'node:crypto';
import { zipSync } from 'fflate';
import { find, findAll, localName, writeMessage } from './xml.ts';
import type { Node } from './xml.ts';

const RAW = /\.(pdf|docx?|zip)$/i;

/**
 * What an axis does to a document in transit (A 5.7): appends trace headers, one without OrganId and one that says
 * `null`, puts Bussiness first, drops empty elements, empties `ResponseFor` without content, wraps attachments that
 * are not raw types into a zip and relabels them, leaving the manifest as it was.
 */
export function reserialize(root: Node, now: string): string {
  const copy = structuredClone(root);
  const header = find(copy, 'edXMLEnvelope', 'edXMLHeader');
  const traces = find(header, 'TraceHeaderList');
  if (traces) {
    const prefix = traces.name.slice(0, -'TraceHeaderList'.length);
    const element = (name: string, children: Node[], text = ''): Node => ({
      name: prefix + name,
      attributes: {},
      children,
      text,
    });
    traces.children.push(
      element('TraceHeader', [element('Timestamp', [], now)]),
      element('TraceHeader', [element('OrganId', [], 'null'), element('Timestamp', [], now)]),
    );
    traces.children.sort(
      (a, b) => Number(localName(b) === 'Bussiness') - Number(localName(a) === 'Bussiness'),
    );
  }
  dropEmpty(copy);
  const attachments = findAll(find(copy, 'AttachmentEncoded'), 'Attachment');
  for (const attachment of attachments) wrap(attachment);
  return writeMessage(copy);
}

function dropEmpty(node: Node): void {
  const kept = node.children.filter((child) => {
    dropEmpty(child);
    return child.children.length > 0 || child.text !== '' || localName(child) === 'ResponseFor';
  });
  node.children.splice(0, node.children.length, ...kept);
}

function wrap(attachment: Node): void {
  const name = find(attachment, 'AttachmentName')?.text ?? '';
  const content = find(attachment, 'ContentTransferEncoded');
  const type = find(attachment, 'ContentType');
  if (!content || !type || RAW.test(name) || type.text === 'application/zip') return;
  const extension = /\.[^.]*$/.exec(name)?.[0] ?? '';
  const zip = zipSync({ [randomUUID() + extension]: Buffer.from(content.text, 'base64') });
  Object.assign(content, { text: Buffer.from(zip).toString('base64') });
  Object.assign(type, { text: 'application/zip' });
}
