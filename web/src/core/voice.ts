// The operator's half of a bridge: answers the server's offer with the microphone, plays what comes, measures both.
// The connection outlives a lost WebSocket: voices go on while the page finds its server again.
import type { CallId, MediaOffer, OfferId } from './messages.gen';

const GATHER_MS = 1000;
const DEVICE_KEY = 'sigap.microphone';

/** How the voice path stands: "shaky" may come back by itself, "lost" does not. */
export type Path = 'none' | 'joining' | 'good' | 'shaky' | 'lost';

const PATHS: Record<RTCPeerConnectionState, Path> = {
  new: 'joining',
  connecting: 'joining',
  connected: 'good',
  disconnected: 'shaky',
  failed: 'lost',
  closed: 'lost',
};

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

export class Voice {
  /** The call whose voice path this page holds. */
  call: CallId | undefined;
  muted = false;
  microphone: MediaStream | undefined;
  microphoneMeter: Meter | undefined;
  callerMeter: Meter | undefined;
  /** "no_microphone" when it may not be used, "no_sound" when it may not be heard. */
  onProblem: (code: string) => void = () => {};
  onPath: (path: Path) => void = () => {};

  private connection: RTCPeerConnection | undefined;
  private context: AudioContext | undefined;
  private readonly player = new Audio();
  private readonly monitor = new Audio();

  /** Asks for the microphone once; kept until the page goes, another is chosen, or it is pulled out. */
  async openMicrophone(device = localStorage.getItem(DEVICE_KEY) ?? ''): Promise<MediaStream> {
    const open = this.microphone?.active ? this.microphone.getAudioTracks()[0] : undefined;
    if (this.microphone && open && (!device || open.getSettings().deviceId === device)) return this.microphone;
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(device ? { deviceId: { ideal: device } } : {}) },
    });
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = stream;
    this.context ??= new AudioContext();
    void this.context.resume();
    this.microphoneMeter = new Meter(this.context, stream);
    this.setMuted(this.muted);
    const track = stream.getAudioTracks()[0];
    // A headset pulled out in a call: the next one takes over, or the operator is told.
    track?.addEventListener('ended', () => {
      if (this.microphone !== stream) return;
      this.openMicrophone().catch(() => this.onProblem('no_microphone'));
    });
    for (const sender of this.connection?.getSenders() ?? []) if (track) await sender.replaceTrack(track);
    if (this.monitor.srcObject) this.monitor.srcObject = stream;
    return stream;
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

  /** Answers an offer; hands the answer's SDP to `reply`. Who was muted stays muted. */
  async answer(offer: MediaOffer, reply: (offer: OfferId, sdp: string) => void): Promise<void> {
    this.drop();
    this.hearSelf(false);
    const connection = new RTCPeerConnection();
    this.connection = connection;
    this.call = offer.call;
    this.onPath('joining');
    connection.onconnectionstatechange = () => {
      if (connection === this.connection) this.onPath(PATHS[connection.connectionState]);
    };
    connection.ontrack = (event) => {
      const stream = event.streams[0] ?? new MediaStream([event.track]);
      this.player.srcObject = stream;
      void this.player.play().catch(() => this.onProblem('no_sound'));
      if (this.context) this.callerMeter = new Meter(this.context, stream);
    };
    try {
      const microphone = await this.openMicrophone();
      await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
      for (const track of microphone.getAudioTracks()) connection.addTrack(track, microphone);
      this.setMuted(this.muted);
      await connection.setLocalDescription(await connection.createAnswer());
      await gathered(connection);
    } catch (error) {
      if (connection !== this.connection) return; // a newer offer closed this one
      console.warn('voice', error);
      this.drop();
      this.onPath('lost');
      this.onProblem('no_microphone');
      return;
    }
    if (connection !== this.connection) return; // a newer offer came meanwhile
    reply(offer.offer, connection.localDescription?.sdp ?? '');
  }

  alive(call: CallId): boolean {
    const state = this.connection?.connectionState;
    return this.call === call && state !== undefined && state !== 'failed' && state !== 'closed';
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  /** The call is over: the next one begins unmuted. */
  end(): void {
    this.drop();
    this.onPath('none');
    this.setMuted(false);
  }

  private drop(): void {
    this.connection?.close();
    this.connection = undefined;
    this.call = undefined;
    this.callerMeter = undefined;
    this.player.srcObject = null;
  }

  /** RTP packets each way and the level of what is heard: for the page's own check of the line. */
  async stats(): Promise<{ sent: number; received: number; level: number }> {
    const result = { sent: 0, received: 0, level: 0 };
    for (const report of (await this.connection?.getStats())?.values() ?? []) {
      if (report.type === 'outbound-rtp') result.sent += report.packetsSent;
      if (report.type === 'inbound-rtp') {
        result.received += report.packetsReceived;
        result.level = Math.max(result.level, report.audioLevel ?? 0);
      }
    }
    return result;
  }
}

/** Candidates of our own: rtpengine waits for none later. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    if (connection.iceGatheringState === 'complete') return resolve();
    const timer = setTimeout(resolve, GATHER_MS);
    connection.onicegatheringstatechange = () => {
      if (connection.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    };
  });
}
