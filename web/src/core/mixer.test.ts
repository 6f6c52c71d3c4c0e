import { expect, test } from 'vitest';
import { Mixer } from './mixer';

/** A graph that only remembers who is connected to whom. */
class Node_ {
  readonly to = new Set<Node_>();
  channelCount = 2;
  stopped = false;
  readonly track = { stop: () => (this.stopped = true) };
  readonly stream = { getAudioTracks: () => [this.track], getTracks: () => [this.track] };
  constructor(readonly of?: unknown) {}
  connect(node: Node_) {
    this.to.add(node);
  }
  disconnect() {
    this.to.clear();
  }
}

const graph = () => {
  const sources: Node_[] = [];
  const mixes: Node_[] = [];
  const context = {
    createMediaStreamSource: (stream: unknown) => (sources.push(new Node_(stream)), sources.at(-1)),
    createMediaStreamDestination: () => (mixes.push(new Node_()), mixes.at(-1)),
  };
  const mixer = new Mixer(context as unknown as AudioContext);
  /** What is heard there. */
  const heard = (hearer: 'caller' | 'guest') => {
    const mix = mixes.find((one) => one.track === (mixer.track(hearer) as unknown));
    return sources.filter((source) => source.to.has(mix!)).map((source) => source.of);
  };
  const take = (source: 'microphone' | 'caller' | 'guest', stream: string) => mixer.take(source, stream as unknown as MediaStream);
  return { mixer, sources, mixes, heard, take };
};

test('each hears the other two, nobody themselves', () => {
  const { take, heard, mixes } = graph();
  take('microphone', 'operator');
  take('caller', 'caller');
  take('guest', 'ambulance');
  expect(heard('caller')).toEqual(['operator', 'ambulance']);
  expect(heard('guest')).toEqual(['operator', 'caller']);
  expect(mixes.map((mix) => mix.channelCount)).toEqual([1, 1]);
});

test('another microphone, or a voice path made anew, takes the place of what was there', () => {
  const { take, heard, sources } = graph();
  take('microphone', 'headset');
  take('caller', 'caller');
  take('guest', 'ambulance');
  take('guest', 'ambulance');
  expect(sources.length).toBe(3);
  take('microphone', 'other headset');
  take('caller', 'caller again');
  expect(heard('caller')).toEqual(['ambulance', 'other headset']);
  expect(heard('guest')).toEqual(['other headset', 'caller again']);
});

test('closed, nothing flows', () => {
  const { mixer, take, heard, mixes } = graph();
  take('microphone', 'operator');
  take('guest', 'ambulance');
  mixer.close();
  expect([...heard('caller'), ...heard('guest')]).toEqual([]);
  expect(mixes.every((mix) => mix.stopped)).toBe(true);
});
