/** 20/11/2026 08:00 in Vietnam: when the sample office opens. */
export const MORNING = Date.parse('2026-11-20T08:00:00+07:00');
export const DAY_MS = 86_400_000;
