// What is written in a call, as the page of either side has it: each line of its own is said until it is in the record,
// one after the other, so that they stand there once and in order, whatever is lost in between. What is not acknowledged
// yet outlives a reload of the page (in this tab alone), and is gone with the call.
import type { LineCard } from './messages.gen';

/** Of one line; the server refuses longer ones (docs/protocol.md, "PageText"). */
export const LINE_MAX_BYTES = 1000;
const AGAIN_MS = 1000;
const PHOTOGRAPH_TRIES = 20;
const KEY = 'sigap.unsent';
/** What goes by itself after a moment. */
const SOON = ['too_fast', 'busy'];

export type Unsent = { name: string; text: string };
export type Failed = { text: string; code: string };
export type Ways = {
  /** Whether it could be said at all. */
  say: (name: string, text: string) => boolean;
  send: (name: string, file: Blob) => Promise<string>;
  changed: () => void;
};

const fresh = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** As long as a line may be, at a character's end. */
export function fitting(text: string): string {
  let fits = text.trim();
  while (new TextEncoder().encode(fits).length > LINE_MAX_BYTES) fits = [...fits].slice(0, -1).join('');
  return fits;
}

export class Lines {
  /** In the record. */
  all: LineCard[] = [];
  unsent: Unsent[] = [];
  failed: Failed[] = [];
  /** Photographs under way. */
  sending = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ended = false;

  constructor(
    private readonly ways: Ways,
    private readonly side: LineCard['by'] = 'caller',
    private readonly key = KEY,
  ) {}

  clear(): void {
    clearTimeout(this.timer);
    this.all = [];
    this.unsent = [];
    this.failed = [];
    this.sending = 0;
    this.ended = false;
    this.keep();
  }

  /** Of a page that was loaded anew in its call. */
  resume(): void {
    let unsent: Unsent[] = [];
    try {
      unsent = JSON.parse(globalThis.sessionStorage?.getItem(this.key) ?? '[]') as Unsent[];
    } catch {
      // forbidden, or nobody's
    }
    this.clear();
    this.unsent = unsent;
    this.keep();
  }

  write(text: string): void {
    const line = fitting(text);
    if (!line) return;
    this.unsent.push({ name: fresh(), text: line });
    this.keep();
    if (this.unsent.length === 1) this.sayAgain();
    this.ways.changed();
  }

  /** The first that is not acknowledged. */
  sayAgain(): void {
    const first = this.unsent[0];
    if (first && !this.ended) this.ways.say(first.name, first.text);
  }

  told(message: { lines: LineCard[]; full: boolean }): void {
    if (message.full) this.all = [];
    const known = new Set(this.all.map(({ by, name }) => `${by} ${name}`));
    this.all = [...this.all, ...message.lines.filter(({ by, name }) => !known.has(`${by} ${name}`))];
    const acknowledged = new Set(this.all.filter(({ by }) => by === this.side).map(({ name }) => name));
    const before = this.unsent[0];
    this.unsent = this.unsent.filter(({ name }) => !acknowledged.has(name));
    this.keep();
    if (this.unsent[0] !== before) this.sayAgain();
    this.ways.changed();
  }

  refused(name: string, code: string): void {
    const line = this.unsent.find((each) => each.name === name);
    if (!line) return;
    clearTimeout(this.timer);
    if (SOON.includes(code)) {
      this.timer = setTimeout(() => this.sayAgain(), AGAIN_MS);
      return;
    }
    this.unsent = this.unsent.filter((each) => each !== line);
    this.keep();
    this.fail(line.text, code);
    this.sayAgain();
  }

  fail(text: string, code: string): void {
    this.failed = [...this.failed, { text, code }];
    this.ways.changed();
  }

  async photograph(file: Blob): Promise<void> {
    const name = fresh();
    this.sending++;
    this.ways.changed();
    let code = 'busy';
    for (let tries = 0; SOON.includes(code) && tries < PHOTOGRAPH_TRIES && !this.ended; tries++) {
      if (tries) await new Promise((then) => setTimeout(then, AGAIN_MS));
      code = await this.ways.send(name, file);
    }
    this.sending = Math.max(0, this.sending - 1);
    if (code) this.fail('', code);
    else this.ways.changed();
  }

  /** The call is over: what is written stays to be read, what was not sent says so. */
  over(): void {
    this.ended = true;
    clearTimeout(this.timer);
    for (const { text } of this.unsent) this.failed.push({ text, code: 'over' });
    this.unsent = [];
    this.keep();
  }

  private keep(): void {
    try {
      if (this.unsent.length) globalThis.sessionStorage?.setItem(this.key, JSON.stringify(this.unsent));
      else globalThis.sessionStorage?.removeItem(this.key);
    } catch {
      // forbidden: a reload loses what was not sent
    }
  }
}
