// The map with WebGL.
import { type GeoJSONSource, Map as LibreMap, NavigationControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { circle, type LonLat } from './geo';
import { MARK_STYLE, type MapColours, type MapMark, type MapScene, type MapView, NATION, type OnDrawn, type OnPick, rankOf } from './map';
import { countries } from './map_land';

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

function style(colours: MapColours): StyleSpecification {
  const kinds = Object.entries(MARK_STYLE);
  const byKind = (pick: (s: (typeof MARK_STYLE)['unit']) => string | number) =>
    ['match', ['get', 'kind'], ...kinds.flatMap(([kind, s]) => [kind, pick(s)]), pick(MARK_STYLE.station)] as never;
  const rank = ['match', ['get', 'kind'], ...kinds.flatMap(([kind]) => [kind, rankOf(kind as MapMark['kind'])]), 1] as never;
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: countries(), tolerance: 0.2 },
      accuracy: { type: 'geojson', data: EMPTY },
      marks: { type: 'geojson', data: EMPTY },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land } },
      { id: 'borders', type: 'line', source: 'land', paint: { 'line-color': colours.border, 'line-width': 0.8 } },
      { id: 'accuracy', type: 'fill', source: 'accuracy', paint: { 'fill-color': colours.accuracy, 'fill-opacity': 0.25 } },
      // Names lie under the marks: a station's name never hides a unit.
      {
        id: 'labels',
        type: 'symbol',
        source: 'marks',
        minzoom: 8,
        layout: { 'symbol-sort-key': rank, 'text-field': ['get', 'label'], 'text-font': ['sans-serif'], 'text-size': 13, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.9, 'text-justify': 'auto', 'text-max-width': 30 },
        paint: { 'text-color': colours.name, 'text-halo-color': colours.sea, 'text-halo-width': 1.5 },
      },
      {
        id: 'marks',
        type: 'circle',
        source: 'marks',
        layout: { 'circle-sort-key': ['*', -1, rank] as never },
        paint: {
          'circle-color': byKind((s) => s.fill),
          'circle-stroke-color': byKind((s) => s.stroke),
          'circle-radius': byKind((s) => s.radius),
          'circle-stroke-width': 2,
        },
      },
    ],
  };
}

export function libreMap(element: HTMLElement, onPick: OnPick, colours: MapColours, onDrawn: OnDrawn = () => {}): MapView {
  setWorkerUrl(workerUrl);
  const map = new LibreMap({ container: element, style: style(colours), center: NATION, zoom: 3.2, attributionControl: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0 });
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.on('click', (event) => onPick([event.lngLat.lng, event.lngLat.lat]));
  let scene: MapScene = { marks: [] };
  let ready = false;

  function draw(): void {
    if (!ready) return;
    (map.getSource('marks') as GeoJSONSource).setData({
      type: 'FeatureCollection',
      features: scene.marks.map((mark) => ({
        type: 'Feature',
        properties: { kind: mark.kind, label: mark.label },
        geometry: { type: 'Point', coordinates: mark.at },
      })),
    });
    const accuracy = scene.accuracy;
    (map.getSource('accuracy') as GeoJSONSource).setData(
      accuracy
        ? { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [circle(accuracy.at, accuracy.radius_m)] } }
        : EMPTY,
    );
  }
  map.on('load', () => {
    ready = true;
    draw();
  });
  // The first frame is the bare sea: land and names come from a worker, on a slow machine seconds later.
  map.once('idle', onDrawn);

  return {
    show(next) {
      scene = next;
      draw();
    },
    paint(next) {
      if (!ready) return void map.once('load', () => this.paint(next));
      map.setPaintProperty('sea', 'background-color', next.sea);
      map.setPaintProperty('land', 'fill-color', next.land);
      map.setPaintProperty('borders', 'line-color', next.border);
      map.setPaintProperty('accuracy', 'fill-color', next.accuracy);
      map.setPaintProperty('labels', 'text-color', next.name);
      map.setPaintProperty('labels', 'text-halo-color', next.sea);
    },
    look(at: LonLat, radius_m: number) {
      const ring = circle(at, radius_m, 4);
      const longitudes = ring.map((p) => p[0]);
      const latitudes = ring.map((p) => p[1]);
      map.fitBounds(
        [
          [Math.min(...longitudes), Math.min(...latitudes)],
          [Math.max(...longitudes), Math.max(...latitudes)],
        ],
        { animate: false },
      );
    },
    close: () => map.remove(),
  };
}
