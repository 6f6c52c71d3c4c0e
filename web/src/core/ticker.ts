// A beat that also comes in a hidden tab. Browsers slow a hidden page's own timers, after minutes to one a minute; the
// server would take an operator who reads another tab for gone. A worker's timers are not slowed.
export function every(ms: number, act: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const byItself = () => void (timer ??= setInterval(act, ms));
  let worker: Worker | undefined;
  if (typeof Worker === 'undefined') byItself();
  else {
    worker = new Worker(new URL('./ticker.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = act;
    worker.onerror = byItself;
    worker.postMessage(ms);
  }
  return () => {
    worker?.terminate();
    clearInterval(timer);
  };
}
