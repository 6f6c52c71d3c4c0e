import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ServerMessage } from './messages.gen';
import { RequestRefused, SILENCE_MS, Socket } from './socket';

/** A WebSocket that the test holds the other end of. */
class Wire {
  static all: Wire[] = [];
  readyState = 0;
  said: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    Wire.all.push(this);
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  send(text: string): void {
    this.said.push(text);
  }
  close(): void {
    this.readyState = 3;
  }
  drop(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  tell(message: Partial<ServerMessage>): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const empty = { calls: [], incidents: [], units: [], alerts: [], tasks: [], people: [], stations: [], removed: [] };
let socket: Socket;
const wire = () => Wire.all.at(-1)!;
const asked = (type: string) => wire().said.map((text) => JSON.parse(text)).filter((message) => message.type === type);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
  Wire.all = [];
  socket = new Socket('ws://x', () => new Wire() as unknown as WebSocket, () => Date.now());
  socket.connect();
  wire().open();
});
afterEach(() => {
  socket.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('is up when the server speaks, and corrects the clock', () => {
  wire().tell({ type: 'Welcome', version: 'x', now: Date.now() + 5000, session: 1 });
  expect(socket.state).toBe('up');
  expect(socket.clockOffset).toBe(5000);
});

test('a request is done, refused, or lost with the connection', async () => {
  wire().tell({ type: 'Welcome', version: 'x', now: 0, session: 1 });
  const done = socket.ask({ type: 'BeReady' });
  const refused = socket.ask({ type: 'GoOnDuty' });
  const lost = socket.ask({ type: 'GoOffDuty' });
  expect(asked('Request').map((request) => request.id)).toEqual([1, 2, 3]);
  wire().tell({ type: 'Refused', id: 2, code: 'not_allowed', field: '', message: 'no' });
  wire().tell({ type: 'Done', id: 1 });
  await expect(done).resolves.toBeUndefined();
  await expect(refused).rejects.toBeInstanceOf(RequestRefused);
  wire().drop();
  await expect(lost).rejects.toThrow('lost');
  await expect(socket.ask({ type: 'BeReady' })).rejects.toThrow('lost');
});

test('a gap in the updates fetches the whole picture anew', () => {
  wire().tell({ type: 'Update', seq: 1, full: true, ...empty });
  wire().tell({ type: 'Update', seq: 2, full: false, ...empty });
  expect(socket.state).toBe('up');
  wire().tell({ type: 'Update', seq: 4, full: false, ...empty });
  expect(socket.state).toBe('lost');
  vi.advanceTimersByTime(400);
  expect(Wire.all.length).toBe(2);
});

test('silence is taken for loss within three seconds; it comes back by itself', () => {
  wire().tell({ type: 'Beat', now: Date.now() });
  const states: string[] = [];
  socket.onState = (state) => states.push(state);
  vi.advanceTimersByTime(SILENCE_MS);
  expect(states).toEqual([]);
  vi.advanceTimersByTime(3000 - SILENCE_MS + 100);
  expect(states).toEqual(['lost']);
  vi.advanceTimersByTime(500);
  wire().open();
  wire().tell({ type: 'Beat', now: Date.now() });
  expect(states).toEqual(['lost', 'up']);
});

test('half a message is a loss, not an error of the page', () => {
  wire().tell({ type: 'Beat', now: Date.now() });
  wire().onmessage?.({ data: '{"type":"Upd' });
  expect(socket.state).toBe('lost');
  vi.advanceTimersByTime(400);
  expect(Wire.all.length).toBe(2);
});

test('a pause that the browser stretches ends with the next beat', () => {
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(() => 0 as never); // a hidden tab: timers do not come
  wire().drop();
  vi.advanceTimersByTime(1000);
  expect(Wire.all.length).toBe(2);
});

test('beats each second, and dials on for ever with a pause that stops growing', () => {
  vi.advanceTimersByTime(2000);
  expect(asked('Heartbeat').length).toBe(2);
  for (let i = 0; i < 10; i++) {
    wire().drop();
    vi.advanceTimersByTime(2000);
  }
  expect(Wire.all.length).toBe(11);
});
