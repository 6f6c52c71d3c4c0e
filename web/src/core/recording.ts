// The form of a recording's sound, as GET /suara/TICKET.json tells it: docs/protocol.md.
export type SoundForm = {
  from: number;
  milliseconds: number;
  complete: boolean;
  missing: { from: number; until: number; why: 'not_written' | 'damaged' | 'lost' | 'cut' }[];
  peaks: number[][];
};

/** One closed outline of a channel, mirrored about the middle of a box of `width` x `height`. */
export function outline(peaks: number[], width: number, height: number): string {
  if (peaks.length === 0) return '';
  const middle = height / 2;
  const x = (i: number) => ((i + 0.5) * width) / peaks.length;
  const y = (peak: number) => Math.max(0.5, (peak / 255) * middle);
  const above = peaks.map((peak, i) => `${x(i).toFixed(1)},${(middle - y(peak)).toFixed(1)}`);
  const below = peaks.map((peak, i) => `${x(i).toFixed(1)},${(middle + y(peak)).toFixed(1)}`).reverse();
  return `M${above.concat(below).join('L')}Z`;
}

/** "1:05" of milliseconds. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
