// A WebSocket that comes back by itself. Every message is JSON with "type"; requests are numbered and answered once.
// The server counts its updates: a gap means that something was missed, and the whole picture is fetched anew.
import type { ClientMessage, Command, FindRecordings, PasskeyOffered, PlaceMatch, RecordingsFound, Refused, ReportFound, ServerMessage, StationCode, TotpOffered } from './messages.gen';
import { every } from './ticker';

export type LinkState = 'connecting' | 'up' | 'lost';

/** Nothing heard for this long: the server is taken for lost. Beats come each second. */
export const SILENCE_MS = 2500;
const BEAT_MS = 1000;
const RETRY_MS = [300, 500, 1000, 1500, 2000];

export class RequestRefused extends Error {
  constructor(readonly refusal: Refused) {
    super(refusal.message);
  }
}

type Waiting = { resolve: (offered?: TotpOffered | PasskeyOffered) => void; reject: (error: Error) => void };

export class Socket {
  state: LinkState = 'connecting';
  /** Server time minus ours, in milliseconds. */
  clockOffset = 0;
  onState: (state: LinkState) => void = () => {};
  onMessage: (message: ServerMessage) => void = () => {};
  /** The connection stands: the first thing to say goes here. */
  onOpen: () => void = () => {};

  private socket: WebSocket | null = null;
  private heardAt = 0;
  private attempts = 0;
  private nextId = 1;
  private seq = 0;
  private waiting = new Map<number, Waiting>();
  private places = new Map<number, (found: PlaceMatch[]) => void>();
  private recordings = new Map<number, (found: RecordingsFound | undefined) => void>();
  private reports = new Map<number, (found: ReportFound) => void>();
  private stopBeat: (() => void) | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private retryAt = 0;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly open: (url: string) => WebSocket = (address) => new WebSocket(address),
    private readonly now: () => number = () => performance.now(),
  ) {}

  connect(): void {
    this.closed = false;
    this.stopBeat ??= every(BEAT_MS, () => this.tick());
    this.dial();
  }

  close(): void {
    this.closed = true;
    this.stopBeat?.();
    this.stopBeat = undefined;
    clearTimeout(this.retry);
    this.drop();
  }

  /** Sends when there is a connection; whether it did. */
  send(message: ClientMessage): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Rejects with RequestRefused, or with Error("lost") when the connection goes before the answer. */
  ask(command: Command): Promise<void> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (!this.send({ type: 'Request', id, command })) return reject(new Error('lost'));
      this.waiting.set(id, { resolve: () => resolve(), reject });
    });
  }

  /** The password again, before what asks for it. */
  prove(password: string): Promise<void> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (!this.send({ type: 'Prove', id, password })) return reject(new Error('lost'));
      this.waiting.set(id, { resolve: () => resolve(), reject });
    });
  }

  /** A secret for the telephone's app. */
  offerTotp(): Promise<TotpOffered> {
    return this.offer('OfferTotp') as Promise<TotpOffered>;
  }
  /** What a new passkey is made for. */
  offerPasskey(): Promise<PasskeyOffered> {
    return this.offer('OfferPasskey') as Promise<PasskeyOffered>;
  }
  private offer(type: 'OfferTotp' | 'OfferPasskey'): Promise<TotpOffered | PasskeyOffered> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (!this.send({ type, id })) return reject(new Error('lost'));
      this.waiting.set(id, { resolve: (offered) => resolve(offered as TotpOffered), reject });
    });
  }

  /** Nothing when the connection is lost. */
  findRecordings(which: Omit<FindRecordings, 'id'>): Promise<RecordingsFound | undefined> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      if (!this.send({ type: 'FindRecordings', id, ...which })) return resolve(undefined);
      this.recordings.set(id, resolve);
    });
  }

  findPlace(text: string): Promise<PlaceMatch[]> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      if (!this.send({ type: 'FindPlace', id, text })) return resolve([]);
      this.places.set(id, resolve);
    });
  }

  /** What the line did at a station and below it. */
  readReport(station: StationCode, span: ReportFound['span'], day?: number): Promise<ReportFound> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (!this.send({ type: 'ReadReport', id, station, span, ...(day === undefined ? {} : { day }) })) return reject(new Error('lost'));
      this.waiting.set(id, { resolve: () => {}, reject });
      this.reports.set(id, resolve);
    });
  }

  private dial(): void {
    clearTimeout(this.retry);
    const socket = this.open(this.url);
    this.socket = socket;
    this.seq = 0;
    this.heardAt = this.now();
    socket.onopen = () => {
      if (socket === this.socket) this.onOpen();
    };
    socket.onmessage = (event) => {
      if (socket === this.socket) this.hear(String(event.data));
    };
    socket.onclose = () => {
      if (socket === this.socket) this.lose();
    };
  }

  private hear(text: string): void {
    this.heardAt = this.now();
    let message: ServerMessage;
    try {
      message = JSON.parse(text) as ServerMessage;
    } catch {
      return this.lose(); // half a message: what else is missing is not known
    }
    if (message.type === 'Welcome' || message.type === 'Beat') this.clockOffset = message.now - Date.now();
    if (message.type === 'TotpOffered' || message.type === 'PasskeyOffered') this.settle(message.id)?.resolve(message);
    if (message.type === 'Refused') this.settle(message.id)?.reject(new RequestRefused(message));
    if (message.type === 'PlacesFound') {
      this.places.get(message.id)?.(message.places);
      this.places.delete(message.id);
    }
    if (message.type === 'RecordingsFound') {
      this.recordings.get(message.id)?.(message);
      this.recordings.delete(message.id);
    }
    if (message.type === 'ReportFound') {
      this.settle(message.id);
      this.reports.get(message.id)?.(message);
    }
    if (message.type === 'ReportFound' || message.type === 'Refused') this.reports.delete(message.id);
    if (message.type === 'Update') {
      if (!message.full && message.seq !== this.seq + 1) return this.lose();
      this.seq = message.seq;
    }
    if (this.state !== 'up') {
      this.attempts = 0;
      this.setState('up');
    }
    this.onMessage(message);
    if (message.type === 'Done') this.settle(message.id)?.resolve(); // what came with it is known by then
  }

  private settle(id: number): Waiting | undefined {
    const found = this.waiting.get(id);
    this.waiting.delete(id);
    return found;
  }

  private tick(): void {
    this.send({ type: 'Heartbeat' });
    if (this.socket && this.now() - this.heardAt > SILENCE_MS) this.lose();
    // In a hidden tab the timer of the pause may come a minute late.
    else if (!this.socket && this.now() >= this.retryAt) this.dial();
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    for (const { reject } of this.waiting.values()) reject(new Error('lost'));
    for (const resolve of this.places.values()) resolve([]);
    for (const resolve of this.recordings.values()) resolve(undefined);
    this.waiting.clear();
    this.recordings.clear();
    this.places.clear();
    this.reports.clear();
  }

  private lose(): void {
    this.drop();
    if (this.closed) return;
    this.setState('lost');
    const pause = RETRY_MS[Math.min(this.attempts++, RETRY_MS.length - 1)]!;
    this.retryAt = this.now() + pause;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.dial(), pause);
  }

  private setState(state: LinkState): void {
    if (state === this.state) return;
    this.state = state;
    this.onState(state);
  }
}

/** The address of a channel of the server that this page came from. */
export function channel(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
}
