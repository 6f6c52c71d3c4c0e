// What a map shows, whoever draws it: MapLibre where there is WebGL, a plain canvas where there is none.
import type { LonLat } from './geo';

export type MapMark = { at: LonLat; kind: 'station' | 'caller' | 'incident' | 'report' | 'unit' | 'unit-busy' | 'unit-old'; label: string };
export type MapScene = { marks: MapMark[]; accuracy?: { at: LonLat; radius_m: number } };

export interface MapView {
  show(scene: MapScene): void;
  /** In other colours. */
  paint(colours: MapColours): void;
  /** Looks at a place, so that about `radius_m` around it is seen. */
  look(at: LonLat, radius_m: number): void;
  close(): void;
}

export type OnPick = (at: LonLat) => void;
/** Everything that was asked for is on the screen. */
export type OnDrawn = () => void;

export interface MapColours {
  sea: string;
  land: string;
  border: string;
  name: string;
  accuracy: string;
}
/** As the page's own theme (ui/theme.css): names at least 7:1 on land and sea. */
export const MAP_COLOURS: Record<'dark' | 'light', MapColours> = {
  dark: { sea: '#10161c', land: '#28323c', border: '#56636f', name: '#e3e8ee', accuracy: '#6cb8ff' },
  light: { sea: '#d5e2ec', land: '#f7f5ef', border: '#8c98a4', name: '#14181d', accuracy: '#0a5cad' },
};
export const coloursNow = (): MapColours => MAP_COLOURS[document.documentElement.dataset.theme === 'light' ? 'light' : 'dark'];

export const MARK_STYLE: Record<MapMark['kind'], { fill: string; stroke: string; radius: number }> = {
  station: { fill: '#5c6b7a', stroke: '#a3afbc', radius: 4 },
  caller: { fill: '#6cb8ff', stroke: '#ffffff', radius: 8 },
  incident: { fill: '#ff6b6b', stroke: '#ffffff', radius: 8 },
  report: { fill: '#ff6b6b', stroke: '#14181d', radius: 5 },
  unit: { fill: '#ffffff', stroke: '#14181d', radius: 6 },
  'unit-busy': { fill: '#ffb020', stroke: '#14181d', radius: 6 },
  'unit-old': { fill: '#14181d', stroke: '#ffffff', radius: 6 },
};

/** Who comes first where there is room for one: incident and caller, then units, then stations. */
export function rankOf(kind: MapMark['kind']): number {
  return kind === 'incident' || kind === 'caller' ? 0 : kind === 'station' ? 2 : 1;
}

/** WebGL that a graphics card draws. Where the processor would have to, a plain canvas costs it far less. */
export function hasWebGl(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true }) !== null;
  } catch {
    return false;
  }
}

/** Indonesia, for a first look. */
export const NATION: LonLat = [117.5, -2.3];
export const NATION_RADIUS_M = 2_700_000;
