import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaOffer } from './messages.gen';
import { Voice } from './voice';

/** A browser's voice, as far as the page asks: every track has a name, mixes are named after what is in them. */
type Track = { name: string; enabled: boolean; stop(): void; addEventListener(kind: string, listener: () => void): void; getSettings(): object; end(): void };
const track = (name: string): Track => {
  const listeners: (() => void)[] = [];
  return { name, enabled: true, stop: () => {}, addEventListener: (_, listener) => listeners.push(listener), getSettings: () => ({}), end: () => listeners.forEach((listener) => listener()) };
};
const stream = (one: Track) => ({ active: true, getAudioTracks: () => [one], getTracks: () => [one] });

let context: { state: string; onstatechange?: () => void };
let connections: Connection[];
let microphones: ReturnType<typeof stream>[];

class Connection {
  connectionState = 'new';
  iceGatheringState = 'complete';
  localDescription = { sdp: 'answer' };
  sends: Track | undefined;
  onconnectionstatechange: (() => void) | null = null;
  ontrack: ((event: unknown) => void) | null = null;
  constructor() {
    connections.push(this);
  }
  async setRemoteDescription({ sdp }: { sdp: string }) {
    const one = track(sdp);
    this.ontrack?.({ track: one, streams: [stream(one)] });
  }
  addTrack(one: Track) {
    this.sends = one;
    return { replaceTrack: async (next: Track) => void (this.sends = next) };
  }
  async createAnswer() {
    return {};
  }
  async setLocalDescription() {}
  close() {
    this.connectionState = 'closed';
  }
  received = 0;
  async getStats() {
    return new Map([['in', { type: 'inbound-rtp', packetsReceived: this.received }]]);
  }
  turn(to: RTCPeerConnectionState) {
    this.connectionState = to;
    this.onconnectionstatechange?.();
  }
}

beforeEach(() => {
  connections = [];
  microphones = [];
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('RTCPeerConnection', Connection);
  vi.stubGlobal('Audio', class {
    srcObject = null;
    paused = true;
    play = async () => {};
  });
  vi.stubGlobal('AudioContext', class {
    state = 'running';
    constructor() {
      context = this;
    }
    resume = async () => {};
    createAnalyser = () => ({});
    createMediaStreamSource = (from: ReturnType<typeof stream>) => {
      const name = from.getAudioTracks()[0]!.name;
      const mixes = new Set<Track>();
      const leave = () => mixes.forEach((mix) => (mix.name = mix.name.split('+').filter((part) => part !== name).join('+')));
      return { connect: (mix: { track?: Track }) => mix.track && (mixes.add(mix.track), (mix.track.name = [...mix.track.name.split('+').filter(Boolean), name].sort().join('+'))), disconnect: leave };
    };
    createMediaStreamDestination = () => {
      const one = track('');
      return { track: one, stream: stream(one) };
    };
  });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: async () => (microphones.push(stream(track(`mic${microphones.length || ''}`))), microphones.at(-1)) } });
});
afterEach(() => vi.unstubAllGlobals());

let next = 0;
const offer = (sdp: string, guest: boolean, call = 1): MediaOffer => ({ offer: ++next, call, sdp, guest });
const answered: number[] = [];
const reply = (id: number) => void answered.push(id);
/** What each connection that is open sends. */
const sent = () => connections.filter((one) => one.connectionState !== 'closed').map((one) => one.sends?.name);
const settled = () => new Promise((later) => setTimeout(later));

test('two until a guest comes; three while they are there; two again', async () => {
  const voice = new Voice();
  await voice.answer(offer('caller', false), reply);
  expect(sent()).toEqual(['mic']);
  await voice.answer(offer('guest', true), reply);
  expect(sent()).toEqual(['guest+mic', 'caller+mic']);
  voice.dropGuest();
  expect(sent()).toEqual(['mic']);
});

test('after a reload the guest may be there before the caller; the caller\'s path may be made anew', async () => {
  const voice = new Voice();
  await voice.answer(offer('guest', true), reply);
  expect(sent()).toEqual(['mic']);
  await voice.answer(offer('caller', false), reply);
  expect(sent()).toEqual(['caller+mic', 'guest+mic']);
  await voice.answer(offer('caller again', false), reply);
  expect(sent()).toEqual(['caller again+mic', 'guest+mic']);
});

test('another microphone is heard by both, and a muted one by nobody', async () => {
  const voice = new Voice();
  await voice.answer(offer('caller', false), reply);
  await voice.answer(offer('guest', true), reply);
  voice.setMuted(true);
  expect(microphones[0]!.getAudioTracks()[0]!.enabled).toBe(false);
  microphones[0]!.active = false;
  microphones[0]!.getAudioTracks()[0]!.end(); // pulled out
  await settled();
  expect(sent()).toEqual(['guest+mic1', 'caller+mic1']);
  expect(microphones[1]!.getAudioTracks()[0]!.enabled).toBe(false);
});

test('where the browser mixes nothing, both hear the operator at least', async () => {
  const voice = new Voice();
  await voice.answer(offer('caller', false), reply);
  context.state = 'suspended';
  await voice.answer(offer('guest', true), reply);
  expect(sent()).toEqual(['mic', 'mic']);
  context.state = 'running';
  context.onstatechange?.();
  expect(sent()).toEqual(['guest+mic', 'caller+mic']);
});

test('another call has no guest of the last one; a guest who comes too late is not let in', async () => {
  const voice = new Voice();
  await voice.answer(offer('caller', false), reply);
  await voice.answer(offer('guest', true), reply);
  await voice.answer(offer('next', false, 2), reply);
  expect(sent()).toEqual(['mic']);
  answered.length = 0;
  await voice.answer(offer('late', true, 1), reply);
  expect(sent()).toEqual(['mic']);
  expect(answered).toEqual([]);
});

test('a path stands once a voice came over it, until it is lost', async () => {
  const voice = new Voice();
  await voice.answer(offer('caller', false), reply);
  const states = ['new', 'connected', 'disconnected', 'failed'] as const;
  const seen: boolean[] = [];
  for (const received of [0, 1]) {
    for (const state of states) {
      connections[0]!.received = received;
      connections[0]!.turn(state);
      seen.push(await voice.stands(1));
    }
  }
  expect(seen).toEqual([false, false, false, false, false, true, true, false]);
  expect(await voice.stands(2)).toBe(false);
});

test('each path is told of by itself; the end closes both and takes the muting back', async () => {
  const voice = new Voice();
  const told: string[] = [];
  voice.onPath = (path) => told.push(path);
  voice.onGuestPath = (path) => told.push(`guest ${path}`);
  await voice.answer(offer('caller', false), reply);
  await voice.answer(offer('guest', true), reply);
  told.length = 0;
  connections[0]!.turn('connected');
  connections[1]!.turn('failed');
  expect(told).toEqual(['good', 'guest lost']);
  connections[0]!.received = connections[1]!.received = 1;
  expect([await voice.stands(1), await voice.stands(1, 'guest')]).toEqual([true, false]);
  voice.setMuted(true);
  voice.end();
  expect(told.slice(2).sort()).toEqual(['guest none', 'none']);
  expect(sent()).toEqual([]);
  expect(voice.muted).toBe(false);
});

/** What is plugged in, as the browser tells it. */
function plugs() {
  const listeners = new Set<() => void>();
  const devices = { gone: false, listed: [] as string[] };
  const open = navigator.mediaDevices.getUserMedia;
  Object.assign(navigator.mediaDevices, {
    getUserMedia: async (wanted: MediaStreamConstraints) => {
      if (devices.gone) throw new DOMException('none', 'NotFoundError');
      return open(wanted);
    },
    enumerateDevices: async () => devices.listed.map((deviceId) => ({ kind: 'audioinput', deviceId })),
    addEventListener: (_: string, act: () => void) => listeners.add(act),
    removeEventListener: (_: string, act: () => void) => listeners.delete(act),
  });
  const change = async () => {
    listeners.forEach((act) => act());
    await settled();
  };
  return { devices, change };
}
const pullOut = async () => {
  const before = microphones.at(-1)!;
  before.active = false;
  before.getAudioTracks()[0]!.end();
  await settled();
};

test('a headset pulled out with none beside it is told, and the next one is heard without a click', async () => {
  const { devices, change } = plugs();
  const voice = new Voice();
  const told: boolean[] = [];
  voice.onHeadset = (works) => void told.push(works);
  await change();
  expect(microphones, 'nobody speaks here yet').toHaveLength(0);
  await voice.answer(offer('caller', false), reply);
  devices.gone = true;
  await pullOut();
  expect(told).toEqual([true, false]);
  await change();
  expect(told, 'something else was plugged in').toEqual([true, false, false]);
  devices.gone = false;
  await change();
  expect(told.at(-1)).toBe(true);
  expect(sent()).toEqual(['mic1']);
  await change();
  expect(microphones, 'what works stays').toHaveLength(2);
});

test('the chosen headset comes back into its place', async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'chosen' });
  const { devices, change } = plugs();
  const voice = new Voice();
  await voice.openMicrophone();
  await change();
  expect(microphones, 'not there').toHaveLength(1);
  devices.listed = ['chosen'];
  await change();
  expect(microphones).toHaveLength(2);
});

test('a page that is closed records nothing and takes up nothing', async () => {
  const { change } = plugs();
  const voice = new Voice();
  await voice.openMicrophone();
  voice.close();
  microphones[0]!.active = false;
  await change();
  expect(microphones).toHaveLength(1);
});
