// A map on a plain canvas, for computers without WebGL: land, marks, click, wheel, drag; by key as well.
import { circle, type LonLat } from './geo';
import { placeLabels } from './labels';
import { MARK_STYLE, type MapColours, type MapScene, type MapView, NATION, NATION_RADIUS_M, type OnDrawn, type OnPick, rankOf } from './map';
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

const ZOOM_STEP = 1.5;
const PAN_STEP = 0.2; // of what is seen

export function canvasMap(element: HTMLElement, onPick: OnPick, words: { keys: string; zoom_in: string; zoom_out: string }, colours: MapColours, onDrawn: OnDrawn = () => {}): MapView {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'display:block;width:100%;height:100%;touch-action:none;outline-offset:-3px';
  canvas.tabIndex = 0;
  // Its keys are its own: a reader of the screen hands them on.
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', words.keys);
  const buttons = document.createElement('div');
  buttons.style.cssText = 'position:absolute;right:8px;top:8px;display:grid;gap:4px';
  const button = (text: string, name: string, act: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.setAttribute('aria-label', name);
    made.style.cssText = 'width:32px;padding:0;font-size:18px';
    made.onclick = act;
    buttons.append(made);
  };
  element.append(canvas, buttons);
  type Ring = { points: [number, number][]; west: number; east: number; north: number; south: number };
  const rings: Ring[] = [];
  for (const country of countries().features)
    for (const polygon of country.geometry.coordinates)
      for (const ring of polygon) {
        const points = ring.map((p) => project(p as LonLat));
        const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
        rings.push({ points, west: Math.min(...xs), east: Math.max(...xs), north: Math.min(...ys), south: Math.max(...ys) });
      }
  let centre = project(NATION);
  let scale = 1000; // pixels of the whole earth
  let scene: MapScene = { marks: [] };
  let frame = 0;
  /** Read where it may have changed, never while drawing: each look at an element's size may lay out the whole page. */
  let size = { w: 1, h: 1 };
  const measure = () => (size = { w: canvas.clientWidth || 1, h: canvas.clientHeight || 1 });
  measure();

  const onScreen = ([x, y]: [number, number]): [number, number] => [(x - centre[0]) * scale + size.w / 2, (y - centre[1]) * scale + size.h / 2];
  const toWorld = (x: number, y: number): [number, number] => [(x - size.w / 2) / scale + centre[0], (y - size.h / 2) / scale + centre[1]];

  // The land is drawn anew only when it is seen from elsewhere: it is sixty thousand points.
  const land = document.createElement('canvas');
  let landSeen = '';
  function drawLand(ratio: number): void {
    const { w, h } = size;
    const seen = [centre, scale, w, h, ratio, colours.land].join();
    if (seen === landSeen) return;
    landSeen = seen;
    land.width = w * ratio;
    land.height = h * ratio;
    const pen = land.getContext('2d');
    if (!pen) return;
    pen.scale(ratio, ratio);
    pen.fillStyle = colours.sea;
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = colours.land;
    pen.strokeStyle = colours.border;
    const [west, north] = toWorld(0, 0);
    const [east, south] = toWorld(w, h);
    pen.beginPath();
    for (const ring of rings) {
      if (ring.east < west || ring.west > east || ring.south < north || ring.north > south) continue;
      let [lastX, lastY] = [Infinity, Infinity];
      for (const point of ring.points) {
        const [x, y] = onScreen(point);
        if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7) continue; // nobody sees less than a pixel
        if (lastX === Infinity) pen.moveTo(x, y);
        else pen.lineTo(x, y);
        [lastX, lastY] = [x, y];
      }
    }
    pen.fill('evenodd');
    pen.stroke();
  }

  function draw(): void {
    frame = 0;
    const { w, h } = size;
    const ratio = devicePixelRatio;
    drawLand(ratio);
    canvas.width = w * ratio;
    canvas.height = h * ratio;
    const pen = canvas.getContext('2d');
    if (!pen) return;
    if (land.width && land.height) pen.drawImage(land, 0, 0);
    pen.scale(ratio, ratio);
    if (scene.accuracy) {
      pen.beginPath();
      circle(scene.accuracy.at, scene.accuracy.radius_m).forEach((p, i) => (i ? pen.lineTo(...onScreen(project(p))) : pen.moveTo(...onScreen(project(p)))));
      pen.fillStyle = `${colours.accuracy}44`;
      pen.fill();
    }
    pen.font = '13px system-ui';
    pen.textBaseline = 'middle';
    const marks = scene.marks
      .map((mark) => ({ mark, at: onScreen(project(mark.at)), style: MARK_STYLE[mark.kind] }))
      .filter(({ at: [x, y] }) => x > -200 && x < w + 200 && y > -50 && y < h + 50)
      .sort((a, b) => rankOf(b.mark.kind) - rankOf(a.mark.kind)); // who comes first is drawn last
    const named = marks.map(({ mark, at: [x, y], style }) => {
      const silent = !mark.label || (mark.kind === 'station' && scale < 40_000);
      return { x, y, radius: style.radius, width: silent ? 0 : pen.measureText(mark.label).width, rank: rankOf(mark.kind) };
    });
    for (const { at: [x, y], style } of marks) {
      pen.beginPath();
      pen.arc(x, y, style.radius, 0, 2 * Math.PI);
      pen.fillStyle = style.fill;
      pen.strokeStyle = style.stroke;
      pen.lineWidth = 2;
      pen.fill();
      pen.stroke();
    }
    pen.strokeStyle = colours.sea;
    pen.lineWidth = 3;
    pen.fillStyle = colours.name;
    placeLabels(named).forEach((place, index) => {
      if (!place) return;
      pen.strokeText(marks[index]!.mark.label, place.x, place.y);
      pen.fillText(marks[index]!.mark.label, place.x, place.y);
    });
    if (document.activeElement === canvas) drawCross(pen);
    onDrawn();
  }
  /** What Enter sets: the middle, while the map has the keys. */
  function drawCross(pen: CanvasRenderingContext2D): void {
    const [x, y] = [size.w / 2, size.h / 2];
    pen.lineWidth = 2;
    pen.strokeStyle = colours.name;
    pen.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
      pen.moveTo(x + 5 * dx, y + 5 * dy);
      pen.lineTo(x + 16 * dx, y + 16 * dy);
    }
    pen.stroke();
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
  function zoom(by: number, x = size.w / 2, y = size.h / 2): void {
    const under = toWorld(x, y);
    const factor = Math.min(Math.max(scale * by, 400), 3e7) / scale;
    scale *= factor;
    centre = [under[0] + (centre[0] - under[0]) / factor, under[1] + (centre[1] - under[1]) / factor];
    redraw();
  }
  button('+', words.zoom_in, () => zoom(ZOOM_STEP));
  button('\u2212', words.zoom_out, () => zoom(1 / ZOOM_STEP));
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
  });
  const pan = (dx: number, dy: number) => {
    centre = [centre[0] + (dx * PAN_STEP * size.w) / scale, centre[1] + (dy * PAN_STEP * size.h) / scale];
    redraw();
  };
  const KEYS: Record<string, () => void> = {
    ArrowLeft: () => pan(-1, 0),
    ArrowRight: () => pan(1, 0),
    ArrowUp: () => pan(0, -1),
    ArrowDown: () => pan(0, 1),
    '+': () => zoom(ZOOM_STEP),
    '=': () => zoom(ZOOM_STEP),
    '-': () => zoom(1 / ZOOM_STEP),
    Enter: () => onPick(unproject(centre)),
  };
  canvas.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  for (const change of ['focus', 'blur']) canvas.addEventListener(change, () => redraw());
  const watch = new ResizeObserver(() => {
    measure();
    redraw();
  });
  watch.observe(element);

  const view: MapView = {
    show(next) {
      scene = next;
      redraw();
    },
    paint(next) {
      colours = next;
      redraw();
    },
    look(at, radius_m) {
      centre = project(at);
      scale = (size.w * EARTH_M * Math.cos((at[1] * Math.PI) / 180)) / (2 * radius_m);
      redraw();
    },
    close() {
      watch.disconnect();
      cancelAnimationFrame(frame);
      canvas.remove();
      buttons.remove();
    },
  };
  view.look(NATION, NATION_RADIUS_M);
  return view;
}
