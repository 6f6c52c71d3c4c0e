// One voice connection of the page: answers the server's offer, or makes one, plays what comes, sends the track it is
// given.

import type { Relay } from './messages.gen';

const GATHER_MS = 1000;
/** A relay answers over the network, or not at all. Nobody waits for it: the media process learns its address from what
    comes through it. */
const GATHER_BESIDE_RELAY_MS = 250;

/** How a voice path stands: "shaky" may come back by itself, "lost" does not. */
export type Path = 'none' | 'joining' | 'good' | 'shaky' | 'lost';

const PATHS: Record<RTCPeerConnectionState, Path> = {
  new: 'joining',
  connecting: 'joining',
  connected: 'good',
  disconnected: 'shaky',
  failed: 'lost',
  closed: 'lost',
};

/** RTP packets each way and the level of what is heard. */
export type Measured = { sent: number; received: number; level: number };

export class Peer {
  /** What comes from over there. */
  heard: MediaStream | undefined;
  onPath: (path: Path) => void = () => {};
  onHeard: () => void = () => {};
  /** Whether the browser keeps silent what is heard. */
  onBlocked: (blocked: boolean) => void = () => {};

  private readonly players: HTMLAudioElement[];
  private readonly connection = new RTCPeerConnection();
  private sender: RTCRtpSender | undefined;
  private track: MediaStreamTrack | undefined;
  private gatherMs = GATHER_MS;

  /** One player for each voice that comes. */
  constructor(...players: HTMLAudioElement[]) {
    this.players = players;
    this.connection.onconnectionstatechange = () => this.onPath(PATHS[this.connection.connectionState]);
    this.connection.ontrack = (event) => {
      const stream = event.streams[0] ?? new MediaStream([event.track]);
      this.heard ??= stream;
      const free = this.players.find((player) => !player.srcObject) ?? this.players[0]!;
      free.srcObject = stream;
      this.play();
      this.onHeard();
    };
  }

  /** For a voice that its network lets nowhere else; before the offer or the answer. */
  useRelay(relay: Relay | undefined): void {
    if (!relay?.urls.length) return;
    this.connection.setConfiguration({ iceServers: [{ urls: relay.urls, username: relay.user, credential: relay.credential }] });
    this.gatherMs = GATHER_BESIDE_RELAY_MS;
  }

  /** A voice has come over it, and it is not lost. Being connected says less: rtpengine takes the connection up before it
      was told our answer. */
  async stands(): Promise<boolean> {
    return ['good', 'shaky'].includes(PATHS[this.connection.connectionState]) && (await this.measure()).received > 0;
  }

  /** Plays again what the browser kept silent. */
  play(): void {
    for (const player of this.players) {
      if (!player.srcObject || !player.paused) continue;
      void player.play().then(
        () => this.onBlocked(false),
        (error: unknown) => (error as Error | undefined)?.name !== 'AbortError' && this.onBlocked(true), // another voice took its place
      );
    }
  }

  /** What is sent from now on; asks nothing of the other side. */
  send(track: MediaStreamTrack | undefined): void {
    if (!track || track === this.track) return;
    this.track = track;
    void this.sender?.replaceTrack(track).catch(() => {}); // closed meanwhile
  }

  /** The answer's SDP, with all candidates: rtpengine waits for none later. Without a microphone nothing is sent. */
  async answer(sdp: string, microphone?: MediaStream): Promise<string> {
    await this.connection.setRemoteDescription({ type: 'offer', sdp });
    if (this.track && microphone) this.sender = this.connection.addTrack(this.track, microphone);
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    await gathered(this.connection, this.gatherMs);
    return this.connection.localDescription?.sdp ?? '';
  }

  /** An offer of our own. No candidates are waited for: the media process has an address, and learns ours from us. */
  async offer(microphone?: MediaStream): Promise<string> {
    if (this.track && microphone) this.sender = this.connection.addTrack(this.track, microphone);
    else this.sender = this.connection.addTransceiver('audio', { direction: 'sendrecv' }).sender; // hears, and sends nothing yet
    await this.connection.setLocalDescription(await this.connection.createOffer());
    return this.connection.localDescription?.sdp ?? '';
  }

  /** The answer to it. */
  async accept(sdp: string): Promise<void> {
    await this.connection.setRemoteDescription({ type: 'answer', sdp });
  }

  close(): void {
    this.connection.onconnectionstatechange = null;
    this.connection.close();
    for (const player of this.players) player.srcObject = null;
  }

  /** Of each voice that comes, in the order in which they were offered. */
  async levels(): Promise<number[]> {
    const voices: { mid: string; level: number }[] = [];
    for (const report of (await this.connection.getStats()).values())
      if (report.type === 'inbound-rtp') voices.push({ mid: report.mid ?? '', level: report.audioLevel ?? 0 });
    return voices.sort((a, b) => a.mid.localeCompare(b.mid)).map((voice) => voice.level);
  }

  async measure(): Promise<Measured> {
    const result = { sent: 0, received: 0, level: 0 };
    for (const report of (await this.connection.getStats()).values()) {
      if (report.type === 'outbound-rtp') result.sent += report.packetsSent;
      if (report.type === 'inbound-rtp') {
        result.received += report.packetsReceived;
        result.level = Math.max(result.level, report.audioLevel ?? 0);
      }
    }
    return result;
  }
}

function gathered(connection: RTCPeerConnection, patience: number): Promise<void> {
  return new Promise((resolve) => {
    if (connection.iceGatheringState === 'complete') return resolve();
    const timer = setTimeout(resolve, patience);
    connection.onicegatheringstatechange = () => {
      if (connection.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    };
  });
}
