// The keys of the operator's screen. A key held down acts once; digits belong to whoever is typing.
import { tinykeys } from 'tinykeys';

/** What a key means; the page says what that does. Region 1 to 5 is Alt with its digit. */
export interface Actions {
  /** An operator asks for a supervisor, a supervisor joins who asked. */
  help(): void;
  /** What rings; of whoever is not ready: whoever waits and nobody is free to answer. */
  answer(): void;
  place(): void;
  type(): void;
  askToPress(): void;
  prank(): void;
  recommend(): void;
  dispatch(): void;
  mute(): void;
  hold(): void;
  transfer(): void;
  handOver(): void;
  /** Join to the first candidate; joined already, split off again. */
  join(): void;
  /** All reports of the event, or the first few. */
  reports(): void;
  /** An incident that nobody called about. */
  open(): void;
  /** The line to who writes. */
  write(): void;
  /** A quick answer to them, 1 to 9. */
  quick(number: number): void;
  hangUp(): void;
  callBack(): void;
  calledBack(): void;
  region(number: number): void;
  choose(number: number): void;
  back(): void;
}

const REGIONS = 5;
const CHOICES = 6;
const QUICK = 9;

const isField = (element: unknown): boolean =>
  ['INPUT', 'TEXTAREA'].includes((element as { tagName?: string } | null)?.tagName ?? '');

/** Listens until the returned function is called. */
export function bindHotkeys(target: Window | HTMLElement, actions: Actions, focused: () => unknown = () => document.activeElement): () => void {
  const on = (act: () => void) => (event: KeyboardEvent) => {
    event.preventDefault(); // F1 explains the browser, F3 searches and Ctrl+M mutes the tab elsewhere
    if (!event.repeat) act();
  };
  const bindings: Record<string, (event: KeyboardEvent) => void> = {
    F1: on(() => actions.help()),
    F2: on(() => actions.answer()),
    F3: on(() => actions.place()),
    F4: on(() => actions.type()),
    F6: on(() => actions.askToPress()),
    F7: on(() => actions.prank()),
    F8: on(() => actions.recommend()),
    F9: on(() => actions.dispatch()),
    'Control+m': on(() => actions.mute()),
    'Control+h': on(() => actions.hold()),
    'Control+j': on(() => actions.transfer()),
    'Control+Shift+J': on(() => actions.handOver()),
    'Control+g': on(() => actions.join()),
    'Alt+g': on(() => actions.reports()),
    'Alt+n': on(() => actions.open()),
    'Alt+t': on(() => actions.write()),
    'Control+Shift+X': on(() => actions.hangUp()),
    'Control+b': on(() => actions.callBack()),
    'Control+Shift+B': on(() => actions.calledBack()),
    Escape: () => actions.back(), // a list of matches closes itself first
  };
  for (let n = 1; n <= REGIONS; n++) bindings[`Alt+${n}`] = on(() => actions.region(n));
  // By the key's place: with Shift a digit has another name on each keyboard.
  for (let n = 1; n <= QUICK; n++) bindings[`Alt+Shift+Digit${n}`] = on(() => actions.quick(n));
  for (let n = 1; n <= CHOICES; n++) {
    const choose = on(() => actions.choose(n));
    bindings[String(n)] = (event) => {
      if (!isField(focused())) choose(event);
    };
  }
  return tinykeys(target, bindings);
}
