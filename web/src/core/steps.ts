// The steps of an assignment as its officer pressed them. With or without a network each is kept on the phone first, then
// said in order, once; what the server has already, or will not have, is kept no longer, and the latter is told.
import type { AdvanceAlert, AlertCard, Command, Refused } from './messages.gen';
import { RequestRefused } from './socket';

export type Step = AdvanceAlert['status'] | 'declined';
export interface Pressed {
  login: string;
  alert: number;
  step: Step;
  /** Of the server's clock as the phone knew it, ms. */
  at: number;
}

/** Where an alert can be, in order. */
export const ORDER = ['sent', 'delivered', 'acknowledged', 'en_route', 'on_scene', 'done'];
const KEY = 'sigap.steps';
/** Of one phone; four steps are an assignment. Beyond, the oldest goes. Own. */
const KEPT_MAX = 16;

const commandOf = ({ alert, step }: Pressed): Command =>
  step === 'declined' ? { type: 'DeclineAlert', alert } : { type: 'AdvanceAlert', alert, status: step };

export class Steps {
  private kept: Pressed[];
  private saying = false;

  /** `refused`: told of what the server would not have, or of what nobody waits for any more (without a refusal). */
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly ask: (command: Command) => Promise<void>,
    private readonly refused: (pressed: Pressed, refusal?: Refused) => void,
    private readonly changed: () => void = () => {},
  ) {
    this.kept = read(storage.getItem(KEY));
  }

  /** Of this alert, what the server does not have yet, the last one. */
  pending(alert: number): Step | undefined {
    return this.kept.findLast((each) => each.alert === alert)?.step;
  }

  press(pressed: Pressed): void {
    if (this.kept.some((each) => each.alert === pressed.alert && each.step === pressed.step)) return;
    this.kept = [...this.kept, pressed].slice(-KEPT_MAX);
    this.save();
  }

  /** Says what is kept, after the whole picture was seen: `alerts` is read anew for each. Stops when the link goes. */
  async say(login: string, alerts: () => ReadonlyMap<number, AlertCard>): Promise<void> {
    if (this.saying) return;
    this.saying = true;
    try {
      for (let next = this.kept[0]; next; next = this.kept[0]) {
        if (next.login === login && !(await this.sayOne(next, alerts().get(next.alert)))) return;
        this.kept = this.kept.filter((each) => each !== next);
        this.save();
      }
    } finally {
      this.saying = false;
    }
  }

  /** Whether this one is dealt with. */
  private async sayOne(pressed: Pressed, card: AlertCard | undefined): Promise<boolean> {
    if (card && pressed.step !== 'declined' && ORDER.indexOf(card.status) >= ORDER.indexOf(pressed.step)) return true; // said before; its answer was lost
    if (!card) {
      this.refused(pressed);
      return true;
    }
    try {
      await this.ask(commandOf(pressed));
    } catch (error) {
      if (!(error instanceof RequestRefused)) return false;
      this.refused(pressed, error.refusal);
    }
    return true;
  }

  forget(): void {
    this.kept = [];
    this.save();
  }

  private save(): void {
    if (this.kept.length) this.storage.setItem(KEY, JSON.stringify(this.kept));
    else this.storage.removeItem(KEY);
    this.changed();
  }
}

function read(text: string | null): Pressed[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    const whole = (each: Partial<Pressed> | null) =>
      typeof each?.login === 'string' && typeof each.alert === 'number' && typeof each.at === 'number' && (each.step === 'declined' || ORDER.includes(each.step ?? ''));
    return Array.isArray(kept) && kept.every(whole) ? (kept as Pressed[]) : [];
  } catch {
    return [];
  }
}
