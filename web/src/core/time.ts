// Times as people at a desk read them.

/** 0:07, 12:34, 1:02:03. Never negative. */
export function elapsed(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
}

/** Whole minutes since then. Never negative. */
export function minutes(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}

/** Clock time in the incident's own zone, with its suffix (WIB, WITA, WIT). */
export function clockTime(at: number, zone: string, seconds = true): string {
  return new Intl.DateTimeFormat('id-ID', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
    timeZone: zone,
    timeZoneName: 'short',
  }).format(at);
}

export function distance(metres: number): string {
  if (metres < 0) return '?';
  return metres < 950 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`;
}
