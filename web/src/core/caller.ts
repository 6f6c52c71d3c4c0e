// A citizen's page that calls: microphone, voice path, socket and place, joined to one call that outlives each of them.
// The call is whose token it is: made here, kept by this browser until the call is over, so that the socket, the server
// or the whole page may go away and come back. The voice goes between browser and media process, past all of these.
import { Lines } from './lines';
import type { Location, PageCallOver, PageStatus, Relay, ServerMessage } from './messages.gen';
import { type Measured, type Path, Peer } from './peer';
import { sendPhotograph } from './photograph';
import { type LinkState, Socket } from './socket';

export type Phase =
  | 'idle'
  | 'asking' // for the microphone
  | 'denied' // ... in vain
  | 'connecting'
  | 'waiting'
  | 'talking'
  | 'ending'
  | 'over'
  | 'refused'; // there is no call: `problem` says why

/** Whether the place goes along. */
export type PlaceState = 'asking' | 'sent' | 'none';

const PAGE_KEY = 'sigap.page';
const CALL_KEY = 'sigap.call';
const TYPED_KEY = 'sigap.call.typed';
/** Not connected by then: a telephone is faster. The page goes on trying. */
export const PATIENCE_MS = 8000;
/** A path that hangs is made anew after this. */
export const SHAKY_MS = 4000;
const AGAIN_MS = 1000;
/** The server says at once whether there is a relay; nobody waits longer for it. */
export const RELAY_MS = 1000;
/** So often it is said again that a call begins whose page before is not known to be gone yet. */
const IN_CALL_TRIES = 6;

/** 32 random bytes, base64url. */
export function secret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function iceUser(sdp: string): string {
  return /^a=ice-ufrag:(.*?)\r?$/m.exec(sdp)?.[1] ?? '';
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // forbidden: this page alone knows its call
  }
}
function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // forbidden
  }
}

/** What this browser's calls are kept under, for who asks about their own data; nothing when it never called. */
export async function callersCode(): Promise<string | undefined> {
  const page = kept(PAGE_KEY);
  if (page === null || !globalThis.crypto?.subtle) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(page)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The outside, so that a test can be it. */
export type Ways = {
  socket: () => Socket;
  peer: (player: HTMLAudioElement) => Peer;
  microphone: () => Promise<MediaStream>;
  /** Tells places until it is called again. */
  watchPlace: (told: (place: Location) => void, failed: () => void) => () => void;
  /** Yields why it was not taken, or nothing. */
  sendPhotograph: (token: string, name: string, file: Blob) => Promise<string>;
};

export const browserWays = (url: string): Ways => ({
  socket: () => new Socket(url),
  peer: (player) => new Peer(player),
  microphone: () => navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } }),
  watchPlace: (told, failed) => {
    if (!navigator.geolocation) return failed(), () => {};
    const id = navigator.geolocation.watchPosition(
      ({ coords }) => told({ point: { longitude_e7: Math.round(coords.longitude * 1e7), latitude_e7: Math.round(coords.latitude * 1e7) }, radius_m: Math.round(coords.accuracy) }),
      failed,
      { enableHighAccuracy: true, maximumAge: 10_000 },
    );
    return () => navigator.geolocation.clearWatch(id);
  },
  sendPhotograph,
});

export class Caller {
  phase: Phase = 'idle';
  link: LinkState = 'connecting';
  path: Path = 'none';
  place: PlaceState = 'asking';
  status: PageStatus | undefined;
  over: PageCallOver | undefined;
  /** What a text message would say, had this caller a telephone. */
  text = '';
  /** Of a call that is refused, or a microphone that is. */
  problem = '';
  muted = false;
  /** The browser lets nothing be heard before somebody touches the page. */
  blocked = false;
  /** It takes longer than somebody in need should wait. */
  slow = false;
  /** Who writes instead of speaking: no microphone is asked for. */
  typed = false;
  /** What is written, both ways. */
  readonly lines: Lines;
  onChange: () => void = () => {};

  private socket: Socket | undefined;
  private peer: Peer | undefined;
  private stream: MediaStream | undefined;
  private token = '';
  private number = '';
  private silent = false; // the caller said so: pressed for them, until it is heard
  private language = '';
  /** Something of this call was heard. */
  private accepted = false;
  /** Above those of a page that was loaded before in the same call. */
  private offers = Date.now();
  private tries = 0;
  private offered: { number: number; sdp: string } | undefined; // and not answered
  private voice = ''; // ICE user of the answer that the path was made with
  private relay: Relay | undefined;
  private relayTold: Promise<void> | undefined;
  private relayKnown: () => void = () => {};
  private located: Location | undefined;
  private stopPlace: (() => void) | undefined;
  private wantsEnd = false;
  private timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly ways: Ways,
    private readonly player: HTMLAudioElement,
  ) {
    this.lines = new Lines({
      say: (name, text) => this.accepted && this.live() && (this.socket?.send({ type: 'PageText', name, text }) ?? false),
      send: (name, file) => this.ways.sendPhotograph(this.token, name, file),
      changed: () => this.onChange(),
    });
  }

  private live(): boolean {
    return ['connecting', 'waiting', 'talking', 'denied'].includes(this.phase);
  }

  /** A call of this browser that goes on, of a page that went away. */
  static goesOn(): boolean {
    return kept(CALL_KEY) !== null;
  }

  async call(number = '', by: 'voice' | 'text' = 'voice'): Promise<void> {
    this.number = number;
    this.typed = this.silent = by === 'text';
    this.lines.clear();
    this.token = secret();
    this.accepted = false;
    await this.begin();
  }

  /** Says that it is back before it asks for the microphone: the call waits for its page, not for a person's answer. */
  async resume(): Promise<void> {
    this.token = kept(CALL_KEY) ?? '';
    this.accepted = true;
    this.typed = kept(TYPED_KEY) !== null;
    this.lines.resume();
    this.clear();
    this.to('connecting');
    this.dial(Promise.resolve());
    await this.speak();
  }

  /** After "no microphone", in a call that goes on. */
  async again(number = ''): Promise<void> {
    if (this.phase === 'denied' && this.socket) return this.speak();
    return this.call(number);
  }

  /** Goes on without a microphone, in a call or before one. */
  async type(): Promise<void> {
    this.typed = true;
    if (this.socket) return this.speak();
    return this.begin();
  }

  /** Who wrote may speak after all. */
  async unmute(): Promise<void> {
    this.typed = false;
    await this.speak();
  }

  write(text: string): void {
    if (this.phase === 'over') this.lines.fail(text, 'over');
    else this.lines.write(text);
  }

  photograph(file: Blob): void {
    if (this.live() && this.accepted) void this.lines.photograph(file);
  }

  /** The caller's language (BCP 47), which the operator sees. */
  speaks(language: string): void {
    this.language = language;
    if (this.accepted) this.socket?.send({ type: 'PageLanguage', language });
  }

  private async speak(): Promise<void> {
    if (!this.typed && !(await this.openMicrophone())) return;
    if (this.phase === 'denied') this.to(!this.status ? 'connecting' : this.status.connected ? 'talking' : 'waiting');
    this.stopPlace ??= this.ways.watchPlace((place) => this.moved(place), () => this.nowhere());
    void this.offerAnew();
  }

  private async openMicrophone(): Promise<boolean> {
    try {
      this.stream = await this.ways.microphone();
      return true;
    } catch (error) {
      this.problem = (error as Error | undefined)?.name === 'NotAllowedError' ? 'no_permission' : 'no_microphone';
      this.to('denied');
      return false;
    }
  }

  private clear(): void {
    this.silence();
    this.socket?.close();
    this.socket = undefined;
    this.relayTold = new Promise((told) => (this.relayKnown = told));
    this.link = 'connecting';
    this.place = 'asking';
    this.problem = this.text = '';
    this.status = this.over = undefined;
    this.slow = this.wantsEnd = this.muted = false;
    this.tries = 0;
  }

  private async begin(): Promise<void> {
    this.clear();
    this.to('asking');
    if (!this.typed && !(await this.openMicrophone())) return;
    this.to('connecting');
    this.later('patience', PATIENCE_MS, () => {
      this.slow = !this.accepted || !this.status;
      this.onChange();
    });
    this.stopPlace = this.ways.watchPlace((place) => this.moved(place), () => this.nowhere());
    this.dial(this.offerAnew());
  }

  private dial(offering: Promise<void>): void {
    const socket = this.ways.socket();
    this.socket = socket;
    socket.onState = (state) => {
      this.link = state;
      this.onChange();
    };
    socket.onOpen = () => {
      this.later('relay', RELAY_MS, this.relayKnown);
      void offering.then(() => this.socket === socket && this.greet());
    };
    socket.onMessage = (message) => this.socket === socket && this.hear(message);
    socket.connect();
  }

  /** The first word on each connection. */
  private greet(): void {
    const { socket, offered, token } = this;
    if (!socket) return;
    if (!this.accepted && offered) {
      const page = kept(PAGE_KEY) ?? secret();
      keep(PAGE_KEY, page);
      socket.send({ type: 'PageCall', token, page, offer: offered.number, sdp: offered.sdp, location: this.located, number: this.number || undefined, language: this.language || undefined });
    } else {
      socket.send({ type: 'PageBack', token, voice: this.voice });
      if (this.language) socket.send({ type: 'PageLanguage', language: this.language });
      this.lines.sayAgain();
      this.sayOffer();
    }
    if (this.wantsEnd) socket.send({ type: 'PageHangUp' });
    else if (this.voice) this.later('path', SHAKY_MS, () => this.path !== 'good' && void this.offerAnew());
  }

  private hear(message: ServerMessage): void {
    if (message.type === 'Relay') {
      this.relay = message;
      this.relayKnown();
    } else if (message.type === 'PageStatus') {
      const first = !this.accepted;
      this.accepted = true;
      keep(CALL_KEY, this.token);
      keep(TYPED_KEY, this.typed ? 'yes' : null);
      this.slow = false;
      this.status = message;
      if (this.silent && !message.silent) this.press('5');
      if (first) this.lines.sayAgain();
      if (!['ending', 'over', 'denied'].includes(this.phase)) this.to(message.connected ? 'talking' : 'waiting');
      if (this.located && this.place !== 'sent') this.moved(this.located);
    } else if (message.type === 'PageAnswer') {
      void this.answered(message.offer, message.sdp);
    } else if (message.type === 'PageLines') {
      this.lines.told(message);
    } else if (message.type === 'PageTextRefused') {
      this.lines.refused(message.name, message.code);
    } else if (message.type === 'PageMessage') {
      this.text = message.text;
      this.onChange();
    } else if (message.type === 'PageCallOver') {
      this.over = message;
      this.end('over');
    } else if (message.type === 'Refused') {
      this.refused(message.code);
    }
  }

  private refused(code: string): void {
    if (code === 'busy') return this.later('greet', AGAIN_MS, () => this.greet());
    if (['over', 'refused'].includes(this.phase)) return;
    // The page before may be one that is gone: the socket is closed over there, and the next connection says it again.
    if (code === 'in_call' && !this.accepted && this.tries++ < IN_CALL_TRIES) return;
    if (this.accepted && !['turned_away', 'replaced', 'unknown'].includes(code)) return;
    // Of a page that was loaded anew: the call was over before.
    if (code === 'unknown' && !this.status) {
      keep(CALL_KEY, null);
      return this.reset();
    }
    this.problem = code;
    this.end(code === 'unknown' ? 'over' : 'refused');
    this.socket?.close();
  }

  private async answered(offer: number, sdp: string): Promise<void> {
    if (offer === 0) return this.offerAnew();
    if (this.offered?.number !== offer) return;
    if (!sdp) return this.later('offer', AGAIN_MS, () => this.sayOffer());
    this.offered = undefined;
    try {
      await this.peer?.accept(sdp);
      this.voice = iceUser(sdp);
      this.socket?.send({ type: 'PageVoice', offer });
      this.later('path', 2 * SHAKY_MS, () => this.path === 'joining' && void this.offerAnew());
    } catch {
      this.later('offer', AGAIN_MS, () => void this.offerAnew());
    }
  }

  /** Another voice path, in place of the one there is. */
  private async offerAnew(): Promise<void> {
    if (!this.stream && !this.typed) return;
    this.peer?.close();
    const peer = this.ways.peer(this.player);
    this.peer = peer;
    peer.onPath = (path) => this.peer === peer && this.pathIs(path);
    peer.onBlocked = (blocked) => {
      this.blocked = blocked;
      this.onChange();
    };
    peer.send(this.stream?.getAudioTracks()[0]);
    const number = ++this.offers;
    this.offered = undefined;
    await this.relayTold;
    if (this.peer !== peer) return; // a newer one
    peer.useRelay(this.relay);
    const sdp = await peer.offer(this.stream);
    if (this.peer !== peer) return; // a newer one
    this.offered = { number, sdp };
    if (this.accepted) this.sayOffer();
  }

  private sayOffer(): void {
    if (this.offered && this.accepted) this.socket?.send({ type: 'PageOffer', offer: this.offered.number, sdp: this.offered.sdp });
  }

  private pathIs(path: Path): void {
    this.path = path;
    this.onChange();
    if (path === 'lost') this.later('path', AGAIN_MS, () => void this.offerAnew());
    else if (path === 'shaky') this.later('path', SHAKY_MS, () => this.path === 'shaky' && void this.offerAnew());
  }

  private moved(place: Location): void {
    this.located = place;
    const sent = this.accepted && this.socket?.send({ type: 'PositionReport', point: place.point, radius_m: place.radius_m });
    if (!sent) return;
    this.place = 'sent';
    this.onChange();
  }

  private nowhere(): void {
    if (this.place === 'asking') this.place = 'none';
    this.onChange();
  }

  /** A key of those that the voice asks for. */
  press(digit: string): boolean {
    return this.socket?.send({ type: 'PageKey', digit }) ?? false;
  }

  mute(muted: boolean): void {
    this.muted = muted;
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !muted;
    this.onChange();
  }

  /** Somebody touched the page. */
  play(): void {
    this.peer?.play();
  }

  hangUp(): void {
    if (!this.accepted && this.link !== 'up') return this.reset(); // nothing of it was heard over there
    this.wantsEnd = true;
    this.socket?.send({ type: 'PageHangUp' });
    this.silence();
    this.to('ending');
  }

  measure(): Promise<Measured | undefined> {
    return this.peer?.measure() ?? Promise.resolve(undefined);
  }

  private silence(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.relayKnown(); // who waits for it goes on, and sees that the call is over
    this.stopPlace?.();
    this.stopPlace = undefined;
    this.peer?.close();
    this.peer = undefined;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.offered = undefined;
    this.path = 'none';
    this.voice = '';
  }

  /** The socket stays: the link to follow the report may come after the call. */
  private end(phase: 'over' | 'refused'): void {
    this.silence();
    this.lines.over();
    // Another page of this browser may have a call of its own, or this one.
    if (kept(CALL_KEY) === this.token && this.problem !== 'replaced') keep(CALL_KEY, null);
    keep(TYPED_KEY, null);
    this.to(phase);
  }

  /** Back to the beginning, from a call that is over or was none. */
  reset(): void {
    this.silence();
    this.socket?.close();
    this.socket = undefined;
    this.to('idle');
  }

  private later(what: string, ms: number, then: () => void): void {
    clearTimeout(this.timers.get(what));
    this.timers.set(what, setTimeout(then, ms));
  }

  private to(phase: Phase): void {
    this.phase = phase;
    this.onChange();
  }
}
