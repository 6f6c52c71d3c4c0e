// Sounds made here, so that nothing has to be loaded when it counts. Each kind of event has its own.
export type Sound = 'ring' | 'ringback' | 'waiting' | 'alert' | 'danger' | 'line';

/** A context that may start does so within this time. */
const BLOCKED_AFTER_MS = 500;

type Tone = { hz: number; ms: number; gap: number };

const TUNES: Record<Sound, { tones: Tone[]; pause: number }> = {
  ring: { tones: [{ hz: 440, ms: 400, gap: 200 }, { hz: 480, ms: 400, gap: 0 }], pause: 1600 },
  ringback: { tones: [{ hz: 425, ms: 1000, gap: 0 }], pause: 4000 }, // what callers hear in Indonesia (ITU-T E.180)
  waiting: { tones: [{ hz: 520, ms: 250, gap: 120 }, { hz: 390, ms: 350, gap: 0 }], pause: 2300 }, // somebody waits and nobody is ready
  alert: {
    tones: [{ hz: 700, ms: 180, gap: 80 }, { hz: 880, ms: 180, gap: 80 }, { hz: 1050, ms: 260, gap: 0 }],
    pause: 900,
  },
  line: { tones: [{ hz: 990, ms: 90, gap: 40 }, { hz: 1320, ms: 120, gap: 0 }], pause: 0 }, // once: somebody wrote
  danger: { tones: [{ hz: 1400, ms: 140, gap: 60 }, { hz: 900, ms: 140, gap: 60 }], pause: 100 },
};

export class Sounds {
  private context: AudioContext | undefined;
  private playing: Sound | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the browser lets nothing be heard yet. */
  onBlocked: (blocked: boolean) => void = () => {};
  private blocked = false;

  /** Should come from a click or a key: browsers are silent before. Where they allow it all the same, it sounds. */
  unlock(): void {
    if (!this.context) {
      this.context = new AudioContext();
      this.context.onstatechange = () => this.context?.state === 'running' && this.tell(false);
    }
    void this.context.resume();
    setTimeout(() => this.tell(this.context?.state !== 'running'), BLOCKED_AFTER_MS);
  }

  private tell(blocked: boolean): void {
    if (blocked === this.blocked) return;
    this.blocked = blocked;
    this.onBlocked(blocked);
  }

  /** Plays over and over until another or nothing is wanted. */
  want(sound: Sound | undefined): void {
    if (sound === this.playing) return;
    this.playing = sound;
    clearTimeout(this.timer);
    if (!sound) return;
    // A page loaded anew had no click yet: where the browser allows it all the same, it sounds.
    this.unlock();
    this.round(sound);
  }

  /** Once, beside whatever goes on. */
  once(sound: Sound): void {
    this.unlock();
    this.play(sound);
  }

  private round(sound: Sound): void {
    this.timer = setTimeout(() => this.round(sound), this.play(sound) + TUNES[sound].pause);
  }

  /** How long it is. */
  private play(sound: Sound): number {
    const tune = TUNES[sound];
    let at = 0;
    for (const tone of tune.tones) {
      this.beep(tone, at);
      at += tone.ms + tone.gap;
    }
    return at;
  }

  private beep(tone: Tone, after_ms: number): void {
    if (!this.context || this.context.state !== 'running') return;
    const start = this.context.currentTime + after_ms / 1000;
    const end = start + tone.ms / 1000;
    const oscillator = this.context.createOscillator();
    const gain = this.context.createGain();
    oscillator.frequency.value = tone.hz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.25, start + 0.01);
    gain.gain.setValueAtTime(0.25, end - 0.02);
    gain.gain.linearRampToValueAtTime(0, end);
    oscillator.connect(gain).connect(this.context.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }
}
