// Voices beside a call: what a supervisor hears of it, and what they whisper into its operator's headset. They are no part
// of the call, and this file shares nothing with voice.ts or mixer.ts, which make what caller and guest hear: what is
// heard here goes to a player alone, and what is sent here is a copy of the microphone's track that no other path has.
import type { CallId, MediaOffer, OfferId } from './messages.gen';
import { type Path, Peer } from './peer';

type Kind = NonNullable<MediaOffer['beside']>;
/** A path that stands, for whoever checks the line from outside. */
export type BesideMeasured = { offer: OfferId; kind: Kind; sent: number; levels: number[] };

/** Caller and operator. */
const VOICES = 2;

export class Beside {
  /** The way to the voices of this call broke. */
  onLost: (call: CallId) => void = () => {};
  /** The browser keeps a voice silent until somebody clicks. */
  onSilent: (silent: boolean) => void = () => {};

  private readonly paths = new Map<OfferId, { call: CallId; kind: Kind; peer: Peer; speaks?: MediaStreamTrack; path: Path; seen: boolean }>();

  /** Answers an offer; hands the answer's SDP to `reply`. A whisper is spoken with `microphone`; without one it is heard. */
  async answer(offer: MediaOffer, microphone: MediaStream | undefined, reply: (offer: OfferId, sdp: string) => void): Promise<void> {
    const kind = offer.beside!;
    const seen = this.paths.get(offer.offer)?.seen ?? false;
    this.drop(offer.offer);
    const peer = new Peer(...Array.from({ length: kind === 'listening' ? VOICES : 1 }, () => new Audio()));
    peer.useRelay(offer.relay);
    const speaks = kind === 'whisper' ? microphone?.getAudioTracks()[0]?.clone() : undefined;
    const path = { call: offer.call, kind, peer, ...(speaks ? { speaks } : {}), path: 'joining' as Path, seen };
    this.paths.set(offer.offer, path);
    const current = () => this.paths.get(offer.offer)?.peer === peer;
    peer.onBlocked = (blocked) => current() && this.onSilent(blocked);
    peer.onPath = (now) => {
      const broke = now === 'lost' && path.path !== 'lost' && current();
      path.path = now;
      if (broke) this.onLost(offer.call);
    };
    if (speaks) {
      speaks.enabled = false; // nothing is said before the server has written down that it is
      peer.send(speaks);
    }
    try {
      const sdp = await peer.answer(offer.sdp, speaks && microphone);
      if (current()) reply(offer.offer, sdp);
    } catch (error) {
      console.warn('voice beside the call', error);
      if (current()) this.drop(offer.offer);
    }
  }

  /** Whether the listener may be heard at this moment. */
  speak(offer: OfferId, on: boolean): void {
    const speaks = this.paths.get(offer)?.speaks;
    if (speaks) speaks.enabled = on;
  }

  canSpeak(offer: OfferId): boolean {
    return this.paths.get(offer)?.speaks?.readyState === 'live';
  }

  /** What the server shows now: paths that nobody speaks of any more end. An offer may come before its card. */
  keep(shown: ReadonlySet<OfferId>, all = false): void {
    for (const [offer, path] of this.paths) {
      if (shown.has(offer)) path.seen = true;
      else if (path.seen || all) this.drop(offer);
    }
  }

  /** A voice comes over it; of the way that only speaks: it is connected. */
  async stands(offer: OfferId): Promise<boolean> {
    const path = this.paths.get(offer);
    if (!path) return false;
    return path.kind === 'whisper' ? path.path === 'good' || path.path === 'shaky' : path.peer.stands();
  }

  wake(): void {
    for (const { peer } of this.paths.values()) peer.play();
  }

  close(): void {
    for (const offer of [...this.paths.keys()]) this.drop(offer);
  }

  async stats(): Promise<BesideMeasured[]> {
    return Promise.all(
      [...this.paths].map(async ([offer, { kind, peer }]) => ({ offer, kind, sent: (await peer.measure()).sent, levels: await peer.levels() })),
    );
  }

  private drop(offer: OfferId): void {
    const path = this.paths.get(offer);
    this.paths.delete(offer);
    path?.peer.close();
    path?.speaks?.stop();
  }
}
