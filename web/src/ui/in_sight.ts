/** A form that opens is seen, wherever in a list or below the page's edge it opens, and typed into. */
export function inSight(form: HTMLElement): void {
  form.scrollIntoView({ block: 'nearest' });
  form.querySelector<HTMLElement>('input:not(:disabled), select')?.focus({ preventScroll: true });
}
