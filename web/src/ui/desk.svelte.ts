// One signed-in page: its link, what it was shown, its voice and its sounds. Redraws at most once a frame.
import { Beside } from '../core/beside';
import { guestOf } from '../core/guests';
import { listenedTo, pathsBeside } from '../core/listening';
import type { CallId, CallerFound, Command, MediaOffer, Refused, ServerMessage } from '../core/messages.gen';
import { channel, type LinkState, RequestRefused, Socket } from '../core/socket';
import { Sounds } from '../core/sound';
import { Store } from '../core/store';
import { type Path, Voice } from '../core/voice';
import { t, tOf } from './words.svelte';

export type Note = { at: number; text: string };

const NOTES_MAX = 200;
/** Two paths of one call break together: the server is asked once to make both anew. */
const RESUME_ONCE_MS = 2000;
/** A microphone that may be used opens sooner, also on a slow machine. Own. */
const HEADSET_WITHIN_MS = 5000;
const GESTURES = ['pointerdown', 'keydown'] as const;

export class Desk {
  link = $state<LinkState>('connecting');
  /** Why the session is over; the page shows the sign-in again. */
  over = $state('');
  /** Where somebody signed in as this person, so that this screen was left. */
  elsewhere = $state('');
  /** Recovery codes that were just made, until they are kept: the server tells them never again. */
  codes = $state<string[]>([]);
  /** This sign-in sets up a second factor before anything else. */
  setsUpFirst = $state(false);
  /** What was refused last, for a few seconds. */
  problem = $state('');
  /** Server time, moved with each of its seconds. */
  now = $state(Date.now());
  /** What happened on this screen, oldest first. Only grows. */
  notes = $state<Note[]>([]);

  /** The key that was made for a client, until the page took it: it is told never again. */
  key = $state('');

  /** What the last LookUpCaller found. */
  found = $state.raw<CallerFound>();

  /** How the voice path stands. */
  path = $state<Path>('none');
  /** The same of the guest in the own call. */
  guestPath = $state<Path>('none');

  /** Whether the microphone works; nothing is known before it was opened. */
  headset = $state<'unknown' | 'works' | 'fails'>('unknown');
  /** The browser lets a ring, or a voice, not be heard until somebody clicks. */
  ringBlocked = $state(false);
  voiceBlocked = $state(false);

  readonly voice = new Voice();
  readonly beside = new Beside();
  readonly sounds = new Sounds();
  readonly socket = new Socket(channel('/ws'));
  /** Called after each change of the store. */
  onChange: () => void = () => {};

  /** Asks for the password where a request needs it; whether it was given. */
  onProof: (() => Promise<boolean>) | undefined;

  private readonly unlock = () => {
    this.sounds.unlock();
    this.voice.wake();
    this.beside.wake();
  };
  private version = $state(0);
  private readonly inner = new Store();
  private frame = 0;
  private hadGuest = false;
  /** A guest's voice that came before the card that says so: for a guest who is gone again it is never answered. */
  private early: MediaOffer | undefined;
  private resumedAt = -RESUME_ONCE_MS;
  /** The same of a call that is listened to. */
  private besideAt = -RESUME_ONCE_MS;
  private clock: ReturnType<typeof setTimeout> | undefined;
  private reporting = false;
  private problemTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.socket.onState = (state) => (this.link = state);
    this.socket.onMessage = (message) => this.hear(message);
    // That there is no microphone stands on the page for as long as it lasts.
    this.voice.onProblem = (code) => (code === 'no_microphone' ? this.note(tOf('voice', code)) : this.complain(tOf('voice', code)));
    this.voice.onHeadset = (works) => {
      this.headset = works ? 'works' : 'fails';
      this.reportHeadset();
    };
    this.voice.onSilent = (silent) => (this.voiceBlocked = silent);
    this.beside.onSilent = (silent) => (this.voiceBlocked = silent);
    this.beside.onLost = (call) => this.resumeBeside(call);
    this.sounds.onBlocked = (blocked) => (this.ringBlocked = blocked);
    // Once: what fails while joining is for the operator or the server's timer.
    const broke = (path: Path, before: Path) => path === 'lost' && before !== 'lost' && before !== 'joining';
    this.voice.onPath = (path) => {
      const again = broke(path, this.path);
      this.path = path;
      if (again) this.resumeVoice();
    };
    this.voice.onGuestPath = (path) => {
      const again = broke(path, this.guestPath);
      this.guestPath = path;
      if (again && this.hadGuest && performance.now() - this.resumedAt > RESUME_ONCE_MS) this.resumeVoice();
    };
  }

  /** Read it in a template or an effect, and that follows what the server shows. */
  get store(): Store {
    void this.version;
    return this.inner;
  }

  start(): void {
    // Any click or key: after a reload nobody presses "ready" again, and the next call must ring.
    for (const kind of GESTURES) window.addEventListener(kind, this.unlock);
    this.tick();
    this.socket.connect();
  }

  /** Once a second: no clock here shows less, and a screen at rest is drawn no oftener. */
  private tick(): void {
    this.now = Date.now() + this.socket.clockOffset;
    this.clock = setTimeout(() => this.tick(), 1000 - (Math.floor(this.now) % 1000));
  }

  stop(): void {
    for (const kind of GESTURES) window.removeEventListener(kind, this.unlock);
    clearTimeout(this.clock);
    cancelAnimationFrame(this.frame);
    this.sounds.want(undefined);
    this.voice.close();
    this.beside.close();
    this.socket.close();
  }

  /** Whether it was done; what was refused is shown. */
  async ask(command: Command): Promise<boolean> {
    try {
      await this.socket.ask(command);
      return true;
    } catch (error) {
      if (error instanceof RequestRefused && error.refusal.code === 'proof' && this.onProof)
        return (await this.onProof()) && this.ask(command);
      if (error instanceof RequestRefused) this.refused(error.refusal);
      else this.complain(t('refused.lost'));
      return false;
    }
  }

  /** As ask(), for who shows beside the question what was refused: it throws. */
  async proved(command: Command): Promise<void> {
    try {
      await this.socket.ask(command);
    } catch (error) {
      const asks = error instanceof RequestRefused && error.refusal.code === 'proof' && this.onProof;
      if (!asks || !(await this.onProof?.())) throw error;
      await this.socket.ask(command);
    }
    if (this.codes.length === 0) this.setsUpFirst = this.inner.self?.account?.owes_factor ?? false;
  }
  codesKept(): void {
    this.codes = [];
    this.setsUpFirst = false;
  }
  /** Why the session is over. */
  get overWords(): string {
    return this.over && tOf('over', this.over) + (this.elsewhere ? ` ${this.elsewhere}` : '');
  }

  /** What was wrong with the password, or nothing. */
  async prove(password: string): Promise<string> {
    try {
      await this.socket.prove(password);
      return '';
    } catch (error) {
      return t(error instanceof RequestRefused && error.refusal.code === 'wrong' ? 'proof.wrong' : 'refused.lost');
    }
  }

  /** In the reader's language where the code is known; the server's own words where it is newer than this page. */
  words({ code, field, message }: Pick<Refused, 'code' | 'field' | 'message'>): string {
    const closer = `${code}.${field}`; // the same code of another field may be another thing
    const known = tOf('refused', tOf('refused', closer) === closer ? code : closer);
    // Of what it is part is a number in the server's words.
    const root = code === 'joined' ? /\d+/.exec(message)?.[0] : undefined;
    return known === code ? `${t('refused.other')}: ${message}` : root ? `${known} (#${root})` : known;
  }

  refused(refusal: Pick<Refused, 'code' | 'field' | 'message'>): void {
    this.complain(this.words(refusal));
  }

  complain(text: string): void {
    this.problem = text;
    this.note(text);
    clearTimeout(this.problemTimer);
    this.problemTimer = setTimeout(() => (this.problem = ''), 6000);
  }

  note(text: string): void {
    this.notes = [...this.notes.slice(1 - NOTES_MAX), { at: Date.now() + this.socket.clockOffset, text }];
  }

  private hear(message: ServerMessage): void {
    if (message.type === 'Update') {
      this.inner.apply(message);
      this.followGuest();
      this.followListeners(message.full);
      if (message.full) void this.checkVoice();
      if (message.self) this.reportHeadset();
      if (message.self?.account?.owes_factor) this.setsUpFirst = true;
      this.changed();
    } else if (message.type === 'MediaOffer') {
      if (message.beside) void this.answerBeside(message);
      else if (message.guest && !this.hadGuest) this.early = message;
      else this.answerVoice(message);
    } else if (message.type === 'Done') {
      if (message.key) this.key = message.key;
    } else if (message.type === 'RecoveryCodesTold') {
      this.codes = message.codes;
    } else if (message.type === 'CallerFound') {
      this.found = message;
    } else if (message.type === 'SessionOver') {
      this.over = message.how;
      if (message.elsewhere) this.elsewhere = `(${message.elsewhere}) ${message.new_device ? t('over.new_device') : ''}`;
      this.stop();
    } else if (message.type === 'Refused' && message.id === 0) {
      this.refused(message);
    }
  }

  /** A page loaded anew, whose operator is at work: the headset and the sound are tried before somebody calls. */
  async tryHeadset(): Promise<void> {
    this.sounds.unlock();
    // A question of the browser that nobody answers is no microphone either.
    const late = setTimeout(() => this.headset === 'unknown' && this.voice.onHeadset(false), HEADSET_WITHIN_MS);
    await this.voice.openMicrophone().catch(() => this.note(t('voice.no_microphone')));
    clearTimeout(late);
    this.sounds.unlock(); // whoever is recorded may be heard: browsers that kept silent before allow it now
  }

  /** With a click or a key, which opens the microphone: answering needs none then. `TakeNext` goes on into the call of who waits. */
  async beReady(how: 'BeReady' | 'TakeNext'): Promise<void> {
    this.sounds.unlock();
    try {
      await this.voice.openMicrophone();
    } catch {
      return this.complain(t('voice.no_microphone'));
    }
    await this.ask({ type: how });
  }

  /** Without a microphone nobody is ready; with it again, they are what they were. */
  private reportHeadset(): void {
    const self = this.inner.self;
    const works = this.headset === 'works';
    const idle = self?.state === 'ready' || self?.state === 'offered';
    const news = works ? self?.not_ready_reason === 'headset' : this.headset === 'fails' && idle;
    if (!news || this.reporting) return;
    this.reporting = true;
    void this.socket
      .ask({ type: 'ReportHeadset', works })
      .catch(() => {}) // said again with the next picture
      .finally(() => (this.reporting = false));
  }

  /** The voice path is broken: the server makes another. */
  resumeVoice(): void {
    const self = this.inner.self;
    if (self?.state !== 'talking' || self.call === undefined) return;
    this.resumedAt = performance.now();
    this.socket.send({ type: 'ResumeVoice', call: self.call });
  }

  /** After a reload there is no voice path; and the answer to the one that was being made may have been lost with the
      connection, or with the server. */
  private async checkVoice(): Promise<void> {
    const self = this.inner.self;
    if (self?.state !== 'talking' || self.call === undefined) return;
    const call = self.call;
    const hearers = this.hadGuest ? (['caller', 'guest'] as const) : (['caller'] as const);
    const standing = await Promise.all(hearers.map((hearer) => this.voice.stands(call, hearer)));
    if (standing.includes(false) && this.inner.self?.call === call) this.resumeVoice();
  }

  /** The second voice path is there as long as the own call has a guest. */
  private followGuest(): void {
    const guest = guestOf(this.inner);
    if (this.hadGuest && !guest) this.voice.dropGuest();
    this.hadGuest = guest !== undefined;
    if (guest && this.early?.call === this.inner.self?.call) this.answerVoice(this.early!);
    if (guest) this.early = undefined;
  }

  private resumeBeside(call: CallId): void {
    if (performance.now() - this.besideAt < RESUME_ONCE_MS) return;
    this.besideAt = performance.now();
    this.socket.send({ type: 'ResumeVoice', call });
  }

  /** Paths beside calls end with what the server shows of them, and are made anew where they do not stand after a reload. */
  private followListeners(full: boolean): void {
    const shown = pathsBeside(this.inner);
    this.beside.keep(shown, full);
    const listening = listenedTo(this.inner);
    if (listening) this.beside.speak(listening.listener.whisper, listening.listener.whispers);
    if (!full) return;
    for (const call of this.inner.calls.values())
      for (const { offer, whisper, mine } of call.listeners)
        if (mine) void Promise.all([this.beside.stands(offer), this.beside.stands(whisper)]).then((stand) => stand.includes(false) && this.resumeBeside(call.call));
  }

  /** Who listens speaks with the microphone, if there is one; whoever's call it is hears them and sends nothing. */
  private async answerBeside(offer: MediaOffer): Promise<void> {
    const own = this.inner.calls.get(offer.call)?.mine ?? false;
    const microphone = offer.beside === 'whisper' && !own ? await this.voice.openMicrophone().catch(() => undefined) : undefined;
    await this.beside.answer(offer, microphone, (id, sdp) => this.socket.send({ type: 'MediaAnswer', offer: id, sdp }));
    this.followListeners(false);
  }

  private answerVoice(offer: MediaOffer): void {
    void this.voice.answer(offer, (id, sdp) => this.socket.send({ type: 'MediaAnswer', offer: id, sdp }));
  }

  private changed(): void {
    this.onChange();
    if (this.frame) return;
    // A hidden tab gets no frames, but it must ring.
    const redraw = () => {
      this.frame = 0;
      this.version++;
    };
    if (document.hidden) redraw();
    else this.frame = requestAnimationFrame(redraw);
  }
}
