// A map on a plain canvas, for computers without WebGL: land, marks, click, wheel, drag.
import { circle, type LonLat } from './geo';
import { MARK_STYLE, type MapScene, type MapView, NATION, NATION_RADIUS_M, type OnPick } from './map';
import { countries } from './map_land';

const EARTH_M = 40_075_000;

/** Web Mercator, 0 to 1 both ways. */
function project([longitude, latitude]: LonLat): [number, number] {
  const s = Math.sin((latitude * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)];
}
function unproject([x, y]: [number, number]): LonLat {
  return [(x - 0.5) * 360, (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90];
}

export function canvasMap(element: HTMLElement, onPick: OnPick): MapView {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'width:100%;height:100%;touch-action:none';
  element.append(canvas);
  const rings: [number, number][][] = [];
  for (const country of countries().features) {
    for (const polygon of country.geometry.coordinates) for (const ring of polygon) rings.push(ring.map((p) => project(p as LonLat)));
  }
  let centre = project(NATION);
  let scale = 1000; // pixels of the whole earth
  let scene: MapScene = { marks: [] };
  let frame = 0;

  const size = () => ({ w: canvas.clientWidth || 1, h: canvas.clientHeight || 1 });
  const onScreen = ([x, y]: [number, number]): [number, number] => {
    const { w, h } = size();
    return [(x - centre[0]) * scale + w / 2, (y - centre[1]) * scale + h / 2];
  };
  const toWorld = (x: number, y: number): [number, number] => {
    const { w, h } = size();
    return [(x - w / 2) / scale + centre[0], (y - h / 2) / scale + centre[1]];
  };

  function draw(): void {
    frame = 0;
    const { w, h } = size();
    const ratio = devicePixelRatio;
    canvas.width = w * ratio;
    canvas.height = h * ratio;
    const pen = canvas.getContext('2d');
    if (!pen) return;
    pen.scale(ratio, ratio);
    pen.fillStyle = '#10161c';
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = '#28323c';
    pen.strokeStyle = '#56636f';
    pen.beginPath();
    for (const ring of rings) ring.forEach((p, i) => (i ? pen.lineTo(...onScreen(p)) : pen.moveTo(...onScreen(p))));
    pen.fill('evenodd');
    pen.stroke();
    if (scene.accuracy) {
      pen.beginPath();
      circle(scene.accuracy.at, scene.accuracy.radius_m).forEach((p, i) => (i ? pen.lineTo(...onScreen(project(p))) : pen.moveTo(...onScreen(project(p)))));
      pen.fillStyle = '#6cb8ff44';
      pen.fill();
    }
    pen.font = '13px system-ui';
    for (const mark of scene.marks) {
      const [x, y] = onScreen(project(mark.at));
      const style = MARK_STYLE[mark.kind];
      pen.beginPath();
      pen.arc(x, y, style.radius, 0, 2 * Math.PI);
      pen.fillStyle = style.fill;
      pen.strokeStyle = style.stroke;
      pen.lineWidth = 2;
      pen.fill();
      pen.stroke();
      if (mark.kind === 'station' && scale < 40_000) continue;
      pen.fillStyle = '#e3e8ee';
      pen.fillText(mark.label, x + style.radius + 4, y + 4);
    }
  }
  const redraw = () => (frame ||= requestAnimationFrame(draw));

  let held: { x: number; y: number; moved: boolean } | undefined;
  canvas.addEventListener('pointerdown', (event) => {
    held = { x: event.offsetX, y: event.offsetY, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!held) return;
    const dx = event.offsetX - held.x;
    const dy = event.offsetY - held.y;
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    centre = [centre[0] - dx / scale, centre[1] - dy / scale];
    held = { x: event.offsetX, y: event.offsetY, moved: true };
    redraw();
  });
  canvas.addEventListener('pointerup', (event) => {
    if (held && !held.moved) onPick(unproject(toWorld(event.offsetX, event.offsetY)));
    held = undefined;
  });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const under = toWorld(event.offsetX, event.offsetY);
    const factor = Math.min(Math.max(scale * Math.exp(-event.deltaY / 400), 400), 3e7) / scale;
    scale *= factor;
    centre = [under[0] + (centre[0] - under[0]) / factor, under[1] + (centre[1] - under[1]) / factor];
    redraw();
  });
  const watch = new ResizeObserver(redraw);
  watch.observe(element);

  const view: MapView = {
    show(next) {
      scene = next;
      redraw();
    },
    look(at, radius_m) {
      centre = project(at);
      scale = (size().w * EARTH_M * Math.cos((at[1] * Math.PI) / 180)) / (2 * radius_m);
      redraw();
    },
    close() {
      watch.disconnect();
      canvas.remove();
    },
  };
  view.look(NATION, NATION_RADIUS_M);
  return view;
}
