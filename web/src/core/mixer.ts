// Three voices meet in the operator's page (a local conference, RFC 5359 section 2.10): the caller hears the operator
// and the guest, the guest hears the operator and the caller, nobody hears themselves.
export type Source = 'microphone' | 'caller' | 'guest';
export type Hearer = 'caller' | 'guest';

const HEARS: Record<Hearer, Source[]> = { caller: ['microphone', 'guest'], guest: ['microphone', 'caller'] };

export class Mixer {
  private readonly mixes: Record<Hearer, MediaStreamAudioDestinationNode>;
  private readonly sources = new Map<Source, { stream: MediaStream; node: AudioNode }>();

  constructor(private readonly context: AudioContext) {
    const mix = () => {
      const node = context.createMediaStreamDestination();
      node.channelCount = 1; // telephones have one ear
      return node;
    };
    this.mixes = { caller: mix(), guest: mix() };
  }

  /** Where this voice comes from now. A muted microphone is silent by itself: its track is disabled. */
  take(source: Source, stream: MediaStream): void {
    const before = this.sources.get(source);
    if (before?.stream === stream) return;
    before?.node.disconnect();
    const node = this.context.createMediaStreamSource(stream);
    for (const hearer of ['caller', 'guest'] as const) if (HEARS[hearer].includes(source)) node.connect(this.mixes[hearer]);
    this.sources.set(source, { stream, node });
  }

  /** What is sent to one of them. */
  track(hearer: Hearer): MediaStreamTrack | undefined {
    return this.mixes[hearer].stream.getAudioTracks()[0];
  }

  close(): void {
    for (const { node } of this.sources.values()) node.disconnect();
    this.sources.clear();
    for (const mix of Object.values(this.mixes)) for (const track of mix.stream.getTracks()) track.stop();
  }
}
