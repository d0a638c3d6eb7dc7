/**
 * What the reference axis can be told to do wrong (A 8). All off by default; set through `axis.faults` or
 * `POST /admin/faults`. Counters count down by one each time they strike.
 */
export interface Faults {
  /** Lists messages again although they were acknowledged. */
  relistDone: boolean;
  /** Next sends: the message is taken, then the connection is cut without a reply. */
  dropReplyAfterSend: number;
  /** Next calls (of `failMethod` when set) answer with `failStatus` and do nothing. */
  failNext: number;
  failStatus: number;
  failMethod: string;
  /** Next sends: the message is taken, then the answer is HTTP 500. */
  failAfterSend: number;
  /** Next calls answer HTTP 200 with an HTML page and do nothing. */
  htmlNext: number;
  /** Each message is delivered twice under different ids. */
  duplicateDelivery: boolean;
  /** A message to either code of a unit is delivered once for each of its codes. */
  deliverToAliases: boolean;
  /** Newest first. */
  reverseOrder: boolean;
  /** Lists lines that name no message beside those that do. */
  oddLines: boolean;
  truncateBase64: boolean;
  /** Milliseconds between the bytes of a reply. */
  dripMs: number;
  /** Milliseconds before a call is handled. */
  delayMs: number;
  plainErrorText: boolean;
  nullData: boolean;
  numericErrorCode: boolean;
  unknownFields: boolean;
  upperCaseIds: boolean;
  /** Put before the edXML that is handed out: a BOM, stray digits. */
  prefix: string;
  crlf: boolean;
  /** Delivers the bytes as they were sent instead of re-serialising them. */
  verbatim: boolean;
  /** Refuses messages whose envelope lacks the prefix `edXML:`. */
  strictPrefix: boolean;
  /** Refuses timestamps further off than this; 0: any. */
  maxSkewMs: number;
  /** Invented agencies added to the directory. */
  extraAgencies: number;
}

export const NO_FAULTS: Readonly<Faults> = {
  relistDone: false,
  dropReplyAfterSend: 0,
  failNext: 0,
  failStatus: 500,
  failMethod: '',
  failAfterSend: 0,
  htmlNext: 0,
  duplicateDelivery: false,
  deliverToAliases: false,
  reverseOrder: false,
  oddLines: false,
  truncateBase64: false,
  dripMs: 0,
  delayMs: 0,
  plainErrorText: false,
  nullData: false,
  numericErrorCode: false,
  unknownFields: false,
  upperCaseIds: false,
  prefix: '',
  crlf: false,
  verbatim: false,
  strictPrefix: false,
  maxSkewMs: 0,
  extraAgencies: 0,
};
