// A trunk's telephone for tests of the edge: one socket (UDP, TCP or TLS) from a chosen loopback address, one dialog a
// Call, and an ear that counts the RTP it hears. Says what it is told; what it hears comes as {start, headers, body}.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

let counter = 0;
const PACKET_MS = 20;

/** One message at the front of `text`, or nothing yet. */
function parse(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start, ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  const length = Number(headers.find(([name]) => name === 'content-length' || name === 'l')?.[1] ?? 0);
  if (text.length < end + 4 + length) return undefined;
  const all = (name) => headers.filter(([n]) => n === name).map(([, value]) => value);
  const message = { start, headers, all, one: (name) => all(name)[0], body: text.slice(end + 4, end + 4 + length) };
  if (start.startsWith('SIP/2.0 ')) message.status = Number(start.slice(8, 11));
  else message.method = start.slice(0, start.indexOf(' '));
  return [message, text.slice(end + 4 + length)];
}

export class Phone {
  /** server = "ADDRESS:PORT"; credentials = {cert, key} for TLS. */
  static async open(transport, server, { from = '127.0.0.2', credentials = {} } = {}) {
    const phone = new Phone();
    const [host, port] = server.split(':');
    Object.assign(phone, { transport, from, heard: [], waiting: [], calls: new Map(), closed: false, buffer: '' });
    if (transport === 'udp') {
      phone.socket = createSocket('udp4');
      phone.socket.bind(0, from);
      await once(phone.socket, 'listening');
      phone.socket.on('message', (bytes) => phone.take(parse(bytes.toString('latin1'))?.[0]));
      phone.write = (text) => phone.socket.send(Buffer.from(text, 'latin1'), Number(port), host);
      phone.port = phone.socket.address().port;
    } else {
      const options = { host, port: Number(port), localAddress: from };
      phone.socket = connect(options);
      await once(phone.socket, 'connect');
      phone.port = phone.socket.localPort;
      if (transport === 'tls') {
        phone.socket = connectTls({ socket: phone.socket, rejectUnauthorized: false, ...credentials });
        await once(phone.socket, 'secureConnect');
      }
      phone.socket.on('data', (bytes) => {
        phone.buffer += bytes.toString('latin1');
        for (let got; (got = parse(phone.buffer.replace(/^(\r\n)+/, ''))); phone.buffer = got[1]) phone.take(got[0]);
      });
      phone.socket.on('close', () => (phone.closed = true));
      phone.socket.on('error', () => (phone.closed = true));
      phone.write = (text) => phone.socket.write(Buffer.from(text, 'latin1'));
    }
    return phone;
  }

  take(message) {
    if (!message) return;
    const call = this.calls.get(message.one('call-id'));
    (call ?? this).receive?.(message);
  }
  close() {
    for (const call of this.calls.values()) call.silence();
    if (this.transport === 'udp') this.socket.close();
    else this.socket.destroy();
  }
}

export class Call {
  static async make(phone, { uri = 'sip:110@sigap', number = '+62811000', contact } = {}) {
    const call = new Call();
    const id = `${process.pid}-${++counter}`;
    Object.assign(call, { phone, uri, number, id: `edge-${id}`, cseq: 1, routes: [], target: uri, toTag: '', heard: [], bye: false, packets: 0, longest: 0 });
    call.contact = contact ?? `sip:c@${phone.from}:${phone.port}${phone.transport === 'udp' ? '' : ';transport=' + phone.transport}`;
    call.ear = createSocket('udp4');
    call.ear.bind(0, phone.from);
    await once(call.ear, 'listening');
    call.ear.on('message', () => {
      const now = performance.now();
      if (call.packets++ > 0) call.longest = Math.max(call.longest, now - call.last);
      call.last = now;
    });
    phone.calls.set(call.id, call);
    return call;
  }

  receive(message) {
    if (message.method) {  // the server's own requests: answered at once
      this.bye ||= message.method === 'BYE';
      this.heard.push(message);
      if (message.method !== 'ACK') this.phone.write(reply(message));
      return;
    }
    // A repeated 200 is an ACK that got lost.
    if (message.status === 200 && this.answered && message.one('cseq') === '1 INVITE') return this.acknowledge();
    this.heard.push(message);
  }

  /** Request lines and headers of this dialog; `more` are whole lines. */
  request(method, { cseq = this.cseq, more = '', body = '', branch } = {}) {
    const { phone } = this;
    return `${method} ${this.target} SIP/2.0\r\nVia: SIP/2.0/${phone.transport.toUpperCase()} ${phone.from}:${phone.port};branch=z9hG4bK${this.id}${branch ?? method + cseq};rport\r\n` +
      this.routes.map((route) => `Route: ${route}\r\n`).join('') +
      `From: <${'sip:' + this.number}@${phone.from}>;tag=f1\r\nTo: <${this.uri}>${this.toTag && ';tag=' + this.toTag}\r\nCall-ID: ${this.id}\r\n` +
      `CSeq: ${cseq} ${method}\r\nContact: <${this.contact}>\r\nMax-Forwards: 70\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;
  }
  sdp() {
    return `v=0\r\no=c 1 1 IN IP4 ${this.phone.from}\r\ns=-\r\nc=IN IP4 ${this.phone.from}\r\nt=0 0\r\nm=audio ${this.ear.address().port} RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n`;
  }
  invite(more = '', body = this.sdp(), type = 'application/sdp') {
    this.phone.write(this.request('INVITE', { more: `Content-Type: ${type}\r\n${more}`, body, branch: 'INVITE1' }));
  }
  cancel() {
    this.phone.write(this.request('CANCEL', { branch: 'INVITE1' }));
  }
  acknowledge() {
    this.phone.write(this.request('ACK', { cseq: 1, branch: 'ACK' }));
  }

  /** The final response to `method`; of an INVITE's 200 the dialog is made and confirmed, and the voice sent. */
  async final(method, seconds = 10) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const at = this.heard.findIndex((m) => m.status >= 200 && m.one('cseq').endsWith(' ' + method));
      if (at >= 0) {
        const [message] = this.heard.splice(at, 1);
        if (method === 'INVITE') this.settle(message);
        return message;
      }
      if (Date.now() > end) throw new Error(`${this.id} (${this.phone.transport}): no answer to ${method} in ${seconds} s; heard ${this.heard.map((m) => m.start)}`);
      await new Promise((done) => setTimeout(done, 10));
    }
  }
  settle(message) {
    if (message.status !== 200) return this.phone.write(this.request('ACK', { cseq: 1, branch: 'INVITE1' }));
    this.answered = true;
    this.toTag = message.one('to').match(/;tag=([^;]+)/)[1];
    this.routes = message.all('record-route').flatMap((value) => value.split(/,\s*/)).reverse();
    this.target = message.one('contact').match(/<([^>]+)>/)[1];
    this.acknowledge();
    this.talk(message.body);
  }
  talk(sdp) {
    const host = sdp.match(/c=IN IP4 (\S+)/)[1], port = Number(sdp.match(/m=audio (\d+)/)[1]);
    let sequence = 0;
    this.voice = setInterval(() => {
      const packet = Buffer.alloc(172, 0xd5);  // 20 ms of A-law silence
      packet.writeUInt16BE(0x8008, 0);
      packet.writeUInt16BE(++sequence & 0xffff, 2);
      packet.writeUInt32BE((sequence * 160) >>> 0, 4);
      packet.writeUInt32BE(counter, 8);
      this.ear.send(packet, port, host);
    }, PACKET_MS);
  }
  /** Asks within the dialog; the status. */
  async ask(method, seconds = 10) {
    this.cseq++;
    this.phone.write(this.request(method));
    return (await this.final(method, seconds)).status;
  }
  async answered200(seconds = 10) {
    const message = await this.final('INVITE', seconds);
    if (message.status !== 200) throw new Error(`${this.id}: ${message.start}`);
    return message;
  }
  async hangUp() {
    const status = await this.ask('BYE');
    this.silence();
    return status;
  }
  silence() {
    clearInterval(this.voice);
    if (!this.mute) this.ear.close();
    this.mute = true;
  }
}

function reply(request) {
  const lines = ['SIP/2.0 200 OK'];
  for (const [name, value] of request.headers)
    if (['via', 'from', 'to', 'call-id', 'cseq', 'record-route'].includes(name)) lines.push(`${name}: ${value}`);
  return lines.join('\r\n') + '\r\nContent-Length: 0\r\n\r\n';
}
