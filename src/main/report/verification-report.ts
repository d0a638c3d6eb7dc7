/** The verification of a file as a PDF to print and to file (TT 15/2025/TT-BKHCN, Điều 6). */
import type { KeptAnswer, SignatureEvidence } from '../../shared/domain/evidence.ts';
import type { Official } from '../../shared/domain/official-verdict.ts';
import type { Aspect, SignatureReport, Verification } from '../../shared/domain/verification.ts';
import { localDay, showDay, showTime } from '../../shared/text/dates.ts';
import { officialReasonSentence, officialVerdictTexts } from '../../shared/sentences/official.ts';
import {
  changeSentence,
  findingSentence,
  trustClassTexts,
  verdictText,
} from '../../shared/sentences/verification.ts';
import { startFlow, type Flow } from './flow.ts';

export interface VerificationReport {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly verification: Verification;
  readonly official: Official | null;
  /** Of each signature, in the order of the verification. */
  readonly evidence: readonly SignatureEvidence[];
  /** What services said about every certificate of the file. */
  readonly answers: readonly KeptAnswer[];
  /** UTC milliseconds of the judgement that is printed. */
  readonly checkedAt: number;
  /** The time it is judged as of, where that is not the time of checking; null otherwise. */
  readonly judgedAt: number | null;
  readonly office: string;
  /** Name and version of this program. */
  readonly software: string;
}

/** A file may hold thousands of changes; a report is read by people. */
const MOST_LINES = 200;

export async function verificationReport(report: VerificationReport): Promise<Uint8Array> {
  const { verification, official, evidence, answers, checkedAt } = report;
  const flow = await startFlow();
  flow.heading('BIÊN BẢN KIỂM TRA CHỮ KÝ SỐ');
  flow.fact('Cơ quan kiểm tra', report.office);
  flow.fact('Tệp', report.name);
  flow.fact('SHA-256 của tệp', report.sha256);
  flow.fact('Dung lượng', `${report.size.toLocaleString('vi-VN')} byte`);
  flow.fact('Thời điểm kiểm tra', showTime(checkedAt));
  if (report.judgedAt !== null) flow.fact('Xét như tại thời điểm', showTime(report.judgedAt));
  flow.fact('Phần mềm', report.software);
  flow.fact('Kết luận', verdictText(verification, 'vi'));
  for (const reason of verification.reasons) flow.paragraph(findingSentence(reason, 'vi'), { indent: 12 });
  if (official) {
    flow.fact('Giá trị văn bản', officialVerdictTexts[official.verdict].vi);
    for (const reason of official.reasons)
      flow.paragraph(officialReasonSentence(reason, 'vi'), { indent: 12 });
  }
  // What changed is read before any certificate.
  flow.heading('Thay đổi sau chữ ký đầu tiên');
  writeList(
    flow,
    verification.changes.map(
      (change) =>
        `${change.allowed ? 'Được phép' : 'KHÔNG ĐƯỢC PHÉP'} (lần cập nhật ${change.revision}): ${changeSentence(change, 'vi', verification.signatures)}`,
    ),
  );
  for (const [n, signature] of verification.signatures.entries()) {
    writeSignature(flow, signature, n + 1);
    writeEvidence(flow, evidence[n]!);
  }
  flow.heading('Bằng chứng đã lưu');
  writeList(flow, answers.map(answerLine));
  return flow.finish(`SHA-256 ${report.sha256}`, checkedAt);
}

function writeSignature(flow: Flow, signature: SignatureReport, number: number): void {
  const { signer, kind, algorithm, coverage } = signature;
  flow.rule();
  flow.heading(`${kind === 'timestamp' ? 'Dấu thời gian' : 'Chữ ký'} ${number}: ${signature.field}`);
  flow.fact('Người ký', signer?.name ?? '');
  if (signer) {
    flow.fact('Loại', signer.kind === 'agency' ? 'Chữ ký cơ quan' : 'Chữ ký cá nhân');
    flow.fact(
      'Đơn vị quản lý',
      [...signer.units.toReversed(), signer.organisation].filter(Boolean).join(', '),
    );
    flow.fact('Nơi cấp chứng thư', signer.certificate.issuer);
    flow.fact('Loại tin cậy', trustClassTexts[signer.trustClass].vi);
    flow.fact('Số hiệu chứng thư', signer.certificate.serial);
    const { notBefore, notAfter } = signer.certificate;
    flow.fact('Hiệu lực chứng thư', `${showDay(localDay(notBefore))} – ${showDay(localDay(notAfter))}`);
    flow.fact('SHA-256 chứng thư', signer.certificate.fingerprint);
  }
  flow.fact('Thời điểm ký (tự ghi)', timeOf(signature.claimedAt));
  flow.fact('Dấu thời gian', timeOf(signature.timestampAt));
  flow.fact('Thuật toán', `${algorithm.signature}, ${algorithm.digest}, ${algorithm.keyBits} bit`);
  flow.fact(
    'Phạm vi ký',
    coverage.wholeFile
      ? 'Toàn bộ tệp'
      : `Lần cập nhật ${coverage.revision ?? '?'} trong ${coverage.revisions} lần của tệp`,
  );
  for (const aspect of ['integrity', 'signer', 'validity'] as const) writeAspect(flow, signature, aspect);
}

/** What is kept besides (TT 15/2025/TT-BKHCN, Điều 5.7); flags are words the state's own tools use. */
function writeEvidence(flow: Flow, { checkCode, flags, made }: SignatureEvidence): void {
  flow.fact('Mã kết quả kiểm tra', checkCode === null ? '' : String(checkCode));
  flow.fact('Cờ kết quả', flags.join(', '));
  if (!made) return;
  const { module, tokenLabel, tokenSerial, shown, timestamp } = made;
  flow.fact('Ký tại cơ quan này', `${showTime(made.at)}${made.offline ? ', ngoại tuyến' : ''}`);
  flow.fact('Thiết bị', [tokenLabel, tokenSerial].filter(Boolean).join(', số '));
  flow.fact('SHA-256 trình điều khiển', module);
  flow.fact('SHA-256 trước khi ký', made.before);
  flow.fact('SHA-256 sau khi ký', made.after ?? '');
  flow.fact('SHA-256 dấu thời gian', timestamp ?? '');
  if (shown)
    flow.fact(
      'Vị trí hiển thị',
      `Trang ${shown.page}, x ${shown.x.toFixed(1)}, y ${shown.y.toFixed(1)}, ${shown.width.toFixed(1)} × ${shown.height.toFixed(1)} điểm`,
    );
}

const aspectNames: Readonly<Record<Aspect, string>> = {
  integrity: 'Toàn vẹn',
  signer: 'Người ký',
  validity: 'Hiệu lực tại thời điểm ký',
};
const lightWords = { good: 'Đạt', caution: 'Lưu ý', unknown: 'Chưa kết luận', bad: 'Không đạt' } as const;

function writeAspect(flow: Flow, { lights, findings }: SignatureReport, aspect: Aspect): void {
  const sentences = findings
    .filter((finding) => finding.aspect === aspect)
    .map((finding) => findingSentence(finding, 'vi'));
  flow.lamp(lights[aspect], `${aspectNames[aspect]}: ${lightWords[lights[aspect]]}`, sentences.join(' '));
}

function writeList(flow: Flow, lines: readonly string[]): void {
  if (lines.length === 0) flow.paragraph('Không có.');
  for (const line of lines.slice(0, MOST_LINES)) flow.paragraph(`– ${line}`);
  if (lines.length > MOST_LINES) flow.paragraph(`… và ${lines.length - MOST_LINES} mục nữa.`);
}

function answerLine({ certificate, type, result, ...answer }: KeptAnswer): string {
  const word = result === 'good' ? 'không bị thu hồi' : 'ĐÃ BỊ THU HỒI';
  const next = answer.nextUpdate === null ? '' : `, dùng đến ${showTime(answer.nextUpdate)}`;
  return `${certificate}: ${type}, ${word}, dữ liệu lúc ${showTime(answer.thisUpdate)}${next}, lấy lúc ${showTime(answer.fetchedAt)} từ ${answer.url}, SHA-256 ${answer.sha256}`;
}

const timeOf = (at: number | null): string => (at === null ? 'Không có' : showTime(at));
