// Says "now" every so many milliseconds, as many as it is told first.
self.onmessage = (event: MessageEvent<number>) => void setInterval(() => self.postMessage(null), event.data);
