// A form that saves itself: what was typed and not yet saved is kept here until the server has it, however often the
// connection goes. What the server says fills in only what nobody is typing.
export type Save<T> = (changed: Partial<T>) => Promise<boolean>;

const SETTLE_MS = 400; // half a word: saved while typing, not at each letter
const RETRY_MS = 1000;

export class Draft<T extends object> {
  private unsaved: Partial<T> = {};
  private underWay: Partial<T> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly save: Save<T>,
    private readonly onChange: () => void = () => {},
  ) {}

  /** Whether the server may overwrite this field on the screen. */
  settled(field: keyof T): boolean {
    return !(field in this.unsaved) && !(this.underWay && field in this.underWay);
  }

  get state(): 'saved' | 'saving' | 'unsaved' {
    if (this.underWay) return 'saving';
    return Object.keys(this.unsaved).length ? 'unsaved' : 'saved';
  }

  edit(changed: Partial<T>, at_once = false): void {
    Object.assign(this.unsaved, changed);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), at_once ? 0 : SETTLE_MS);
    this.onChange();
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.underWay || !Object.keys(this.unsaved).length) return;
    this.underWay = this.unsaved;
    this.unsaved = {};
    this.onChange();
    const saved = await this.save(this.underWay);
    // What was typed meanwhile is newer than what failed.
    if (!saved) this.unsaved = { ...this.underWay, ...this.unsaved };
    this.underWay = undefined;
    this.onChange();
    if (Object.keys(this.unsaved).length) this.timer = setTimeout(() => void this.flush(), saved ? SETTLE_MS : RETRY_MS);
  }
}
