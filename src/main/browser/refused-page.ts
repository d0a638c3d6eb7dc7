import { errorTexts } from '../../shared/errors/index.ts';
import { pageHeaders } from '../host/page-policy.ts';

/** What somebody sees who opens a used address, or any page that is not ours and tries. */
export function refusedPage(): Response {
  const { vi, en } = errorTexts['host.not-admitted'];
  const body = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Bàn Văn Thư</title><p>${vi}</p><p lang="en">${en}</p>`;
  return new Response(body, {
    status: 403,
    headers: { ...pageHeaders, 'Content-Type': 'text/html; charset=utf-8' },
  });
}
