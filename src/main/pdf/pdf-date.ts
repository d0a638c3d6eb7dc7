const DATE = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([Z+-])(?:(\d\d)'?(?:(\d\d)'?)?)?)?/;

/** UTC milliseconds of a PDF date (ISO 32000-2, 7.9.4); null when it is none. Without a zone it is Vietnamese time. */
export function parsePdfDate(text: string): number | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    sign,
    zoneHour,
    zoneMinute,
  ] = match;
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(local)) return null;
  if (sign === undefined) return local - 7 * 3_600_000;
  const offset = (Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0)) * 60_000;
  return sign === '-' ? local + offset : local - offset;
}
