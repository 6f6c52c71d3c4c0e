// A form that saves itself: what was typed and not yet saved is kept here until the server has it, however often the
// connection goes. What the server says fills in only what nobody is typing. What the server refuses stays on the screen,
// marked as not saved, until it is changed.
export type Saved = 'saved' | 'lost' | 'refused';
export type Save<T> = (changed: Partial<T>) => Promise<Saved>;
export type DraftState = 'saved' | 'saving' | 'unsaved' | 'refused';

const SETTLE_MS = 400; // half a word: saved while typing, not at each letter
const RETRY_MS = 1000;

export class Draft<T extends object> {
  private unsaved: Partial<T> = {};
  private underWay: Partial<T> | undefined;
  private refused: Partial<T> = {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly save: Save<T>,
    private readonly onChange: () => void = () => {},
  ) {}

  /** Whether the server may overwrite this field on the screen. */
  settled(field: keyof T): boolean {
    return !(field in this.unsaved) && !(field in this.refused) && !(this.underWay && field in this.underWay);
  }

  get state(): DraftState {
    if (this.underWay) return 'saving';
    if (Object.keys(this.unsaved).length) return 'unsaved';
    return Object.keys(this.refused).length ? 'refused' : 'saved';
  }

  edit(changed: Partial<T>, at_once = false): void {
    Object.assign(this.unsaved, changed);
    for (const field of Object.keys(changed)) delete this.refused[field as keyof T];
    this.later(at_once ? 0 : SETTLE_MS);
    this.onChange();
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.underWay || !Object.keys(this.unsaved).length) return;
    this.underWay = this.unsaved;
    this.unsaved = {};
    this.onChange();
    const lost = await this.saveEach(this.underWay);
    // What was typed meanwhile is newer than what failed.
    this.unsaved = { ...lost, ...this.unsaved };
    this.underWay = undefined;
    this.onChange();
    if (Object.keys(this.unsaved).length) this.later(Object.keys(lost).length ? RETRY_MS : SETTLE_MS);
  }

  /** Together, and one by one when refused: a word too long takes no other field with it. What could not be sent. */
  private async saveEach(changed: Partial<T>): Promise<Partial<T>> {
    const saved = await this.save(changed);
    if (saved === 'saved') return {};
    if (saved === 'lost') return changed;
    const fields = Object.keys(changed) as (keyof T)[];
    if (fields.length === 1) {
      const newer = fields[0]! in this.unsaved;
      if (!newer) Object.assign(this.refused, changed);
      return {};
    }
    const lost: Partial<T> = {};
    for (const field of fields) Object.assign(lost, await this.saveEach({ [field]: changed[field] } as unknown as Partial<T>));
    return lost;
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }
}
