import type { ParsedArgument, Result } from '../../../shared/ipc/index.ts';
import { onRecords } from '../common/on-records.ts';
import type { SigningOffice } from './signing-jobs.ts';

/** Where each signature of an act would stand, before anybody signs. */
export const placements = (
  office: SigningOffice,
  wanted: ParsedArgument<'signing.placements'>,
): Promise<Result<'signing.placements'>> =>
  office.documents.ask('find-placements', { ...onRecords(office), wanted });
