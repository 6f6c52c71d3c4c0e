// The operator's half of a bridge: answers the server's offers with the microphone, plays what comes, measures both.
// The connections outlive a lost WebSocket: voices go on while the page finds its server again. With a guest in the call
// there are two connections, and this page joins the three voices.
import type { CallId, MediaOffer, OfferId } from './messages.gen';
import { type Hearer, Mixer } from './mixer';
import { type Measured, type Path, Peer } from './peer';

export type { Path } from './peer';

const DEVICE_KEY = 'sigap.microphone';
const HEARERS = ['caller', 'guest'] as const;

/** Level of a track, 0 to 1. */
export class Meter {
  private readonly analyser: AnalyserNode;
  private readonly samples: Float32Array<ArrayBuffer>;

  constructor(context: AudioContext, stream: MediaStream) {
    this.analyser = context.createAnalyser();
    this.analyser.fftSize = 512;
    this.samples = new Float32Array(this.analyser.fftSize);
    context.createMediaStreamSource(stream).connect(this.analyser);
  }

  level(): number {
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    return Math.min(1, Math.sqrt(sum / this.samples.length) * 4);
  }
}

function getMicrophone(device: string): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(device ? { deviceId: { ideal: device } } : {}) },
  });
}

export class Voice {
  muted = false;
  microphone: MediaStream | undefined;
  microphoneMeter: Meter | undefined;
  callerMeter: Meter | undefined;
  /** "no_microphone" when it may not be used, "no_sound" when the operator's own voice may not be heard. */
  onProblem: (code: string) => void = () => {};
  /** Whether there is a microphone: told when it opens, and when it goes and no other takes its place. */
  onHeadset: (works: boolean) => void = () => {};
  /** Whether the browser keeps a voice silent until somebody clicks. */
  onSilent: (silent: boolean) => void = () => {};
  /** The caller's path: whom a guest of a call hears is "the caller" as well. */
  onPath: (path: Path) => void = () => {};
  /** The path to the guest of the own call. */
  onGuestPath: (path: Path) => void = () => {};

  private readonly sides = new Map<Hearer, { call: CallId; peer: Peer }>();
  private readonly players = { caller: new Audio(), guest: new Audio() };
  private readonly monitor = new Audio();
  private context: AudioContext | undefined;
  private mixer: Mixer | undefined;
  /** Somebody here speaks: a headset that is plugged in is taken up. */
  private wanted = false;
  private readonly silent = new Set<Hearer>();
  private readonly devicesChanged = () => void this.lookForHeadset();

  /** Asks for the microphone once; kept until the page goes, another is chosen, or it is pulled out. */
  async openMicrophone(device = localStorage.getItem(DEVICE_KEY) ?? ''): Promise<MediaStream> {
    const open = this.openTrack();
    if (this.microphone && open && (!device || open.getSettings().deviceId === device)) return this.microphone;
    if (!this.wanted) navigator.mediaDevices?.addEventListener?.('devicechange', this.devicesChanged);
    this.wanted = true;
    try {
      return this.use(await getMicrophone(device));
    } catch (error) {
      if (!this.openTrack()) this.onHeadset(false);
      throw error;
    }
  }

  private use(stream: MediaStream): MediaStream {
    if (!this.wanted) {
      for (const track of stream.getTracks()) track.stop();
      throw new Error('closed meanwhile');
    }
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = stream;
    if (!this.context) {
      this.context = new AudioContext();
      this.context.onstatechange = () => this.join();
    }
    void this.context.resume();
    this.microphoneMeter = new Meter(this.context, stream);
    this.setMuted(this.muted);
    // A headset pulled out in a call: the next one takes over, or the operator is told until there is one.
    stream.getAudioTracks()[0]?.addEventListener('ended', () => {
      if (this.microphone !== stream) return;
      this.openMicrophone().catch(() => this.onProblem('no_microphone'));
    });
    this.join();
    if (this.monitor.srcObject) this.monitor.srcObject = stream;
    this.onHeadset(true);
    return stream;
  }

  /** Something was plugged in or pulled out: where no microphone works the new one does, and the chosen one comes back. */
  private async lookForHeadset(): Promise<void> {
    const chosen = localStorage.getItem(DEVICE_KEY) ?? '';
    const open = this.openTrack();
    const back = chosen !== '' && open?.getSettings().deviceId !== chosen && (await this.microphones()).some((device) => device.deviceId === chosen);
    if (this.wanted && (!open || back)) await this.openMicrophone().catch(() => {});
  }

  private openTrack(): MediaStreamTrack | undefined {
    const track = this.microphone?.active ? this.microphone.getAudioTracks()[0] : undefined;
    return track?.readyState === 'ended' ? undefined : track;
  }

  async microphones(): Promise<MediaDeviceInfo[]> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'audioinput' && device.deviceId !== '');
  }

  /** The microphone of this workplace, also tomorrow. */
  async chooseMicrophone(device: string): Promise<void> {
    localStorage.setItem(DEVICE_KEY, device);
    await this.openMicrophone(device);
  }

  /** The operator hears their own microphone. */
  hearSelf(on: boolean): void {
    this.monitor.srcObject = on ? (this.microphone ?? null) : null;
    if (on) void this.monitor.play().catch(() => this.onProblem('no_sound'));
  }

  /** Answers an offer; hands the answer's SDP to `reply`. Who was muted stays muted. After a reload the two offers of a
      call with a guest come in any order. */
  async answer(offer: MediaOffer, reply: (offer: OfferId, sdp: string) => void): Promise<void> {
    const hearer = offer.guest ? 'guest' : 'caller';
    if (offer.guest && this.sides.has('caller') && !this.holds(offer.call)) return; // of a call that is over
    this.drop(hearer);
    if (!offer.guest && !this.holds(offer.call, 'guest')) this.dropGuest();
    this.hearSelf(false);
    const peer = new Peer(this.players[hearer]);
    peer.useRelay(offer.relay);
    this.sides.set(hearer, { call: offer.call, peer });
    const current = () => this.sides.get(hearer)?.peer === peer; // no newer offer closed this one
    this.tell(hearer, 'joining');
    peer.onPath = (path) => this.tell(hearer, path);
    peer.onBlocked = (blocked) => current() && this.hush(hearer, blocked);
    peer.onHeard = () => {
      if (!offer.guest && this.context && peer.heard) this.callerMeter = new Meter(this.context, peer.heard);
      this.join();
    };
    try {
      const microphone = await this.openMicrophone();
      if (!current()) return;
      this.join();
      const sdp = await peer.answer(offer.sdp, microphone);
      if (current()) reply(offer.offer, sdp);
    } catch (error) {
      if (!current()) return;
      console.warn('voice', error);
      this.drop(hearer);
      this.tell(hearer, 'lost');
      this.onProblem('no_microphone');
    }
  }

  /** Whether this page has the voice path of that call, and voices go over it. */
  async stands(call: CallId, hearer: Hearer = 'caller'): Promise<boolean> {
    return this.holds(call, hearer) && this.sides.get(hearer)!.peer.stands();
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  /** A click or a key: what the browser kept silent until then is heard, and mixed. */
  wake(): void {
    if (this.context && this.context.state !== 'running') void this.context.resume();
    for (const { peer } of this.sides.values()) peer.play();
  }

  /** The page goes: nothing is heard or recorded here any more. */
  close(): void {
    this.end();
    this.wanted = false;
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.devicesChanged);
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = undefined;
  }

  dropGuest(): void {
    this.drop('guest');
    this.tell('guest', 'none');
  }

  /** The call is over: the next one begins unmuted. */
  end(): void {
    this.dropGuest();
    this.drop('caller');
    this.tell('caller', 'none');
    this.setMuted(false);
  }

  /** For the page's own check of the line. */
  async stats(): Promise<Measured & { guest?: Measured }> {
    const [caller, guest] = await Promise.all(HEARERS.map((hearer) => this.sides.get(hearer)?.peer.measure()));
    return { ...(caller ?? { sent: 0, received: 0, level: 0 }), ...(guest ? { guest } : {}) };
  }

  private holds(call: CallId, hearer: Hearer = 'caller'): boolean {
    return this.sides.get(hearer)?.call === call;
  }

  private hush(hearer: Hearer, blocked: boolean): void {
    if (blocked) this.silent.add(hearer);
    else this.silent.delete(hearer);
    this.onSilent(this.silent.size > 0);
  }

  private tell(hearer: Hearer, path: Path): void {
    (hearer === 'guest' ? this.onGuestPath : this.onPath)(path);
  }

  /** Gives each of them what they should hear: the mix where there are three, else the microphone as it is. So it is also
      while the browser lets no sound be worked on: better two and two than a caller who hears nobody. */
  private join(): void {
    const [caller, guest] = HEARERS.map((hearer) => this.sides.get(hearer)?.peer);
    const three = caller?.heard && guest?.heard && this.microphone && this.context?.state === 'running';
    const before = this.mixer;
    if (three) {
      this.mixer ??= new Mixer(this.context!);
      this.mixer.take('microphone', this.microphone!);
      this.mixer.take('caller', caller.heard!);
      this.mixer.take('guest', guest.heard!);
    } else {
      this.mixer = undefined;
    }
    const microphone = this.microphone?.getAudioTracks()[0];
    for (const hearer of HEARERS) this.sides.get(hearer)?.peer.send(this.mixer ? this.mixer.track(hearer) : microphone);
    if (before !== this.mixer) before?.close();
  }

  private drop(hearer: Hearer): void {
    this.sides.get(hearer)?.peer.close();
    this.sides.delete(hearer);
    this.hush(hearer, false);
    if (hearer === 'caller') this.callerMeter = undefined;
    this.join();
  }
}
