import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Caller, iceUser, PATIENCE_MS, RELAY_MS, secret, SHAKY_MS, type Ways } from './caller';
import type { ClientMessage, Location, PageStatus, Relay, ServerMessage } from './messages.gen';
import type { Path, Peer } from './peer';
import type { LinkState, Socket } from './socket';

/** A voice path that does as the test says. */
class FakePeer {
  static all: FakePeer[] = [];
  accepted = '';
  closed = false;
  onPath: (path: Path) => void = () => {};
  onBlocked: (blocked: boolean) => void = () => {};
  readonly name = `offer ${FakePeer.all.length + 1}`;
  constructor() {
    FakePeer.all.push(this);
  }
  relay = '';
  useRelay(relay: Relay | undefined): void {
    this.relay = relay?.urls[0] ?? '';
  }
  send(): void {}
  offer(): Promise<string> {
    return Promise.resolve(this.name);
  }
  accept(sdp: string): Promise<void> {
    this.accepted = sdp;
    return sdp.includes('broken') ? Promise.reject(new Error('no')) : Promise.resolve();
  }
  play(): void {}
  close(): void {
    this.closed = true;
  }
}

/** The other end of the page's socket. */
class FakeSocket {
  static all: FakeSocket[] = [];
  said: ClientMessage[] = [];
  closed = false;
  up = false;
  onState: (state: LinkState) => void = () => {};
  onOpen: () => void = () => {};
  onMessage: (message: ServerMessage) => void = () => {};
  constructor() {
    FakeSocket.all.push(this);
  }
  connect(): void {}
  close(): void {
    this.closed = true;
  }
  send(message: ClientMessage): boolean {
    if (this.up) this.said.push(message);
    return this.up;
  }
}

let tracks: { enabled: boolean; stopped: boolean; stop: () => void }[];
let allowed: boolean;
let relays: string[];
let place: ((place: Location) => void) | undefined;
let caller: Caller;
const store = new Map<string, string>();
const ways = (): Ways => ({
  socket: () => new FakeSocket() as unknown as Socket,
  peer: () => new FakePeer() as unknown as Peer,
  microphone: () => {
    if (!allowed) return Promise.reject(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
    const track = { enabled: true, stopped: false, stop: () => void (track.stopped = true) };
    tracks.push(track);
    return Promise.resolve({ getTracks: () => tracks, getAudioTracks: () => tracks } as unknown as MediaStream);
  },
  watchPlace: (told) => {
    place = told;
    return () => (place = undefined);
  },
  sendPhotograph: () => Promise.resolve(''),
});
const socket = () => FakeSocket.all.at(-1)!;
const open = () => {
  socket().up = true;
  socket().onOpen();
  socket().onMessage({ type: 'Relay', urls: relays, user: '99:a', credential: 'secret' });
};
const peer = () => FakePeer.all.at(-1)!;
const settle = () => vi.advanceTimersByTimeAsync(0);
const said = <T extends ClientMessage['type']>(type: T) =>
  socket().said.filter((message): message is Extract<ClientMessage, { type: T }> => message.type === type);
const status = (more: Partial<PageStatus> = {}): ServerMessage =>
  ({ type: 'PageStatus', state: 'waiting', voice: true, connected: false, held: false, asked: false, silent: false, ...more }) as ServerMessage;
async function called(number = '') {
  await caller.call(number);
  socket().onState('up');
  open();
  await settle();
}
async function talking() {
  await called();
  socket().onMessage(status());
  socket().onMessage({ type: 'PageAnswer', offer: 1, sdp: 'v=0\r\na=ice-ufrag:ours\r\n' });
  await settle();
  peer().onPath('good');
  socket().onMessage(status({ connected: true, state: 'talking' }));
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  });
  store.clear();
  FakePeer.all = [];
  FakeSocket.all = [];
  tracks = [];
  allowed = true;
  relays = [];
  caller = new Caller(ways(), {} as HTMLAudioElement);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('secrets are long, plain in a text, and never the same', () => {
  const all = Array.from({ length: 50 }, secret);
  for (const one of all) expect(one).toMatch(/^[\w-]{43}$/);
  expect(new Set(all).size).toBe(50);
  expect(iceUser('v=0\r\na=ice-ufrag:a+/b\r\n')).toBe('a+/b');
});

test('a relay is known before the first offer, and a server that says nothing of one costs a second', async () => {
  relays = ['turn:192.0.2.1:3478'];
  await called();
  expect(peer().relay).toBe('turn:192.0.2.1:3478');
  expect(said('PageCall')).toHaveLength(1);

  caller = new Caller(ways(), {} as HTMLAudioElement);
  await caller.call();
  socket().up = true;
  socket().onOpen();
  await vi.advanceTimersByTimeAsync(RELAY_MS - 1);
  expect(said('PageCall')).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(said('PageCall')).toHaveLength(1);
  expect(peer().relay).toBe('');
});

test('a call is said with its offer, stands in line, is answered, and is over', async () => {
  await called('0812 345 678');
  const [said1] = said('PageCall');
  expect(said1).toMatchObject({ offer: 1, sdp: 'offer 1', number: '0812 345 678' });
  expect(caller.phase).toBe('connecting');
  socket().onMessage(status());
  expect(caller.phase).toBe('waiting');
  socket().onMessage({ type: 'PageAnswer', offer: 1, sdp: 'v=0\r\na=ice-ufrag:ours\r\n' });
  await settle();
  expect(said('PageVoice')).toHaveLength(1);
  socket().onMessage(status({ connected: true }));
  expect(caller.phase).toBe('talking');
  caller.mute(true);
  expect(tracks[0]!.enabled).toBe(false);
  expect(caller.press('5')).toBe(true);
  socket().onMessage({ type: 'PageMessage', text: 'http://x/lacak#abc' });
  socket().onMessage({ type: 'PageCallOver', answered: true, by_page: false, number: true });
  expect([caller.phase, tracks[0]!.stopped, peer().closed, Caller.goesOn()]).toEqual(['over', true, true, false]);
  expect(caller.text).toContain('/lacak#abc');
  expect(socket().closed).toBe(false); // the link may come later
});

test('until something of it is heard the same call is said again, and then the page is back in it', async () => {
  await called();
  open();
  await settle();
  const [first, second] = said('PageCall');
  expect(second).toEqual(first);
  socket().onMessage(status());
  open();
  await settle();
  expect(said('PageBack')).toEqual([{ type: 'PageBack', token: first!.token, voice: '' }]);
  expect(said('PageOffer')).toHaveLength(1); // never answered
});

test('a page loaded anew is in its call again, by a new voice path', async () => {
  await talking();
  const token = said('PageCall')[0]!.token;
  expect(Caller.goesOn()).toBe(true);
  vi.setSystemTime(5000);
  caller = new Caller(ways(), {} as HTMLAudioElement);
  allowed = false; // nobody has answered the browser's question yet
  await caller.resume();
  open();
  await settle();
  expect(said('PageBack')[0]!.token).toBe(token);
  expect([caller.phase, socket().closed]).toEqual(['denied', false]);
  allowed = true;
  await caller.again();
  expect(said('PageOffer').map((one) => one.offer > 5000)).toEqual([true]);
  socket().onMessage(status({ connected: true }));
  expect(caller.phase).toBe('talking');
});

test('a page loaded anew whose call was over before is at the beginning', async () => {
  store.set('sigap.call', 'of-yesterday');
  await caller.resume();
  open();
  socket().onMessage({ type: 'Refused', id: 0, code: 'unknown', field: 'token', message: '' });
  expect([caller.phase, Caller.goesOn()]).toEqual(['idle', false]);
});

test('a voice path is made anew when it is lost, hangs, or the media is another one; not now means a little later', async () => {
  await talking();
  peer().onPath('lost');
  await vi.advanceTimersByTimeAsync(1000);
  expect(said('PageOffer').map((one) => one.offer)).toEqual([2]);
  socket().onMessage({ type: 'PageAnswer', offer: 2, sdp: '' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(said('PageOffer').map((one) => one.offer)).toEqual([2, 2]);
  socket().onMessage({ type: 'PageAnswer', offer: 2, sdp: 'v=0\r\na=ice-ufrag:b\r\n' });
  await settle();
  peer().onPath('shaky');
  await vi.advanceTimersByTimeAsync(SHAKY_MS);
  expect(said('PageOffer').at(-1)!.offer).toBe(3);
  socket().onMessage({ type: 'PageAnswer', offer: 2, sdp: 'late' });
  await settle();
  expect(peer().accepted).toBe('');
  socket().onMessage({ type: 'PageAnswer', offer: 0, sdp: 'another media process' });
  await settle();
  expect(said('PageOffer').at(-1)!.offer).toBe(4);
  socket().onMessage({ type: 'PageAnswer', offer: 4, sdp: 'broken' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(said('PageOffer').at(-1)!.offer).toBe(5);
});

test('the place goes with the call, and each newer one after it', async () => {
  await caller.call();
  place!({ point: { longitude_e7: 1, latitude_e7: 2 }, radius_m: 30 });
  open();
  await settle();
  expect(said('PageCall')[0]!.location).toEqual({ point: { longitude_e7: 1, latitude_e7: 2 }, radius_m: 30 });
  socket().onMessage(status());
  place!({ point: { longitude_e7: 3, latitude_e7: 4 }, radius_m: 5 });
  expect(said('PositionReport').at(-1)).toMatchObject({ point: { longitude_e7: 3, latitude_e7: 4 }, radius_m: 5 });
  expect(caller.place).toBe('sent');
});

test('a newer page of the browser takes the call over, and keeps it', async () => {
  await talking();
  socket().onMessage({ type: 'Refused', id: 0, code: 'replaced', field: '', message: '' });
  expect([caller.phase, caller.problem, Caller.goesOn()]).toEqual(['refused', 'replaced', true]);
  caller = new Caller(ways(), {} as HTMLAudioElement);
  await called();
  const inCall = () => socket().onMessage({ type: 'Refused', id: 0, code: 'in_call', field: 'page', message: '' });
  for (let i = 0; i < 6; i++) inCall(); // its page may be one that is gone
  expect(caller.phase).toBe('connecting');
  inCall();
  expect([caller.phase, Caller.goesOn()]).toEqual(['refused', true]); // the other one's
});

test('no microphone is no call; who is refused is told why, and nothing goes on', async () => {
  allowed = false;
  await caller.call();
  expect([caller.phase, caller.problem, FakeSocket.all.length]).toEqual(['denied', 'no_permission', 0]);
  allowed = true;
  await called();
  socket().onMessage({ type: 'Refused', id: 0, code: 'full', field: '', message: '' });
  expect([caller.phase, caller.problem, Caller.goesOn(), socket().closed]).toEqual(['refused', 'full', false, true]);
});

test('a server that is busy is asked again, and a page that reaches none says so', async () => {
  await called();
  socket().onMessage({ type: 'Refused', id: 0, code: 'busy', field: '', message: '' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(said('PageCall')).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  expect([caller.phase, caller.slow]).toEqual(['connecting', true]);
});

test('who hangs up while the socket is away has hung up when it is back; before anything was heard, at once', async () => {
  await talking();
  socket().up = false;
  caller.hangUp();
  expect([caller.phase, tracks[0]!.stopped]).toEqual(['ending', true]);
  open();
  await settle();
  expect(said('PageHangUp')).toHaveLength(1);
  socket().onMessage({ type: 'PageCallOver', answered: true, by_page: true, number: false });
  expect(caller.phase).toBe('over');
  await caller.call();
  caller.hangUp();
  expect([caller.phase, Caller.goesOn()]).toEqual(['idle', false]);
});
