// An operator without a screen: signed in over HTTP, ready over the WebSocket, heard of by a callback.
import { once } from 'node:events';

export class Operator {
  /** `told` gets every Update. `from`: whom a trusted proxy says this is. */
  static async start(http, login, password, told, from) {
    const headers = { origin: `http://${http}`, ...(from ? { 'x-forwarded-for': from } : {}) };
    const response = await fetch(`http://${http}/api/sign-in`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (response.status !== 200) throw new Error(`${login}: ${response.status} ${await response.text()}`);
    const cookie = response.headers.getSetCookie()[0].split(';')[0];
    const it = new Operator();
    it.socket = new WebSocket(`ws://${http}/ws`, { headers: { ...headers, cookie } });
    it.socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === 'Update') told(message);
    };
    await once(it.socket, 'open');
    it.ask({ type: 'PassHeadset' });
    it.ask({ type: 'BeReady' });
    it.beat = setInterval(() => it.socket.send('{"type":"Heartbeat"}'), 1000);
    return it;
  }
  id = 0;
  ask(command) {
    this.socket.send(JSON.stringify({ type: 'Request', id: ++this.id, command }));
  }
  stop() {
    clearInterval(this.beat);
    this.socket.close();
  }
}
