// A FAKE of sigapd, for working on screens without a server: it serves the built pages with the real security headers,
// signs anybody in by role, and shows a made-up district. It decides nothing and checks nothing; voices are up to
// whoever starts it (voices.mjs).
// usage: node dev/fake_server.mjs [PORT] [DIST]     logins: operator, officer, supervisor, admin (any password); citizen: /lacak#demo
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { makeWorld } from './fake_world.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const PAGES = { '/': 'index.html', '/konsol': 'konsol.html', '/petugas': 'petugas.html', '/lacak': 'lacak.html', '/admin': 'admin.html', '/mutu': 'mutu.html', '/rekaman': 'rekaman.html', '/laporan': 'laporan.html', '/pengaduan': 'pengaduan.html', '/adu': 'adu.html', '/jaga': 'jaga.html' };
const ROLES = { operator: 'operator', officer: 'officer', supervisor: 'supervisor', admin: 'administrator' };
// As src/adapters/web/security_headers.h has it: a page that breaks it breaks here first.
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; " +
  "worker-src 'self' blob:; media-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'";

/** Listens on loopback; port 0 picks a free one. */
export async function startFake({ port = 0, dist = resolve(HERE, '../dist') } = {}) {
  const world = makeWorld();
  const people = new Set(); // { socket, role, seq }
  const citizens = new Set();

  const say = (socket, message) => socket.readyState === 1 && socket.send(JSON.stringify(message));
  const show = (viewer, full) => say(viewer.socket, { type: 'Update', seq: ++viewer.seq, full, approvals: [], clients: [], refused_sign_ins: [], ...world.picture(viewer.role) });
  /** Tells every page the whole picture: a fake may be lavish. */
  const push = () => {
    for (const viewer of people) show(viewer, true);
    for (const socket of citizens) say(socket, { type: 'Tracking', known: true, report: world.report() });
  };

  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    response.setHeader('Content-Security-Policy', CSP);
    if (path === '/api/sign-in' || path === '/api/sign-out') {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        const role = path === '/api/sign-in' ? ROLES[JSON.parse(body).login] : 'nobody';
        response.writeHead(role ? 200 : 401, { 'content-type': 'application/json', ...(role ? { 'set-cookie': `fake=${role}; Path=/; HttpOnly` } : {}) });
        response.end(JSON.stringify(role ? { role } : { code: 'wrong' }));
      });
      return;
    }
    const file = normalize(join(dist, PAGES[path] ?? path));
    try {
      if (!file.startsWith(dist)) throw new Error('outside');
      const bytes = readFileSync(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, raw, head) => {
    const role = /fake=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const citizen = request.url === '/ws/lacak';
    if (!citizen && !Object.values(ROLES).includes(role)) return raw.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    sockets.handleUpgrade(request, raw, head, (socket) => {
      const viewer = { socket, role, seq: 0 };
      say(socket, { type: 'Welcome', version: 'fake', now: Date.now(), session: 1 });
      if (citizen) citizens.add(socket);
      else {
        people.add(viewer);
        show(viewer, true);
      }
      socket.on('close', () => (people.delete(viewer), citizens.delete(socket)));
      socket.on('message', (data) => {
        const message = JSON.parse(data);
        if (message.type === 'Heartbeat') say(socket, { type: 'Beat', now: Date.now() });
        else if (message.type === 'Track') say(socket, message.token === 'demo' ? { type: 'Tracking', known: true, report: world.report() } : { type: 'Tracking', known: false });
        else if (message.type === 'FindPlace') say(socket, { type: 'PlacesFound', id: message.id, places: world.places(message.text) });
        else if (message.type === 'MediaAnswer' || message.type === 'ResumeVoice') fake.onVoice(message);
        else if (message.type === 'OfferTotp') say(socket, { type: 'TotpOffered', id: message.id, secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', address: 'otpauth://totp/Sigap%20110:fake?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sigap%20110' });
        else if (message.type === 'AlertSeen') (world.seen(), push());
        else if (message.type === 'Request') {
          const refused = world.ask(role, message.command);
          if (!refused && ['SetTotp', 'MakeRecoveryCodes'].includes(message.command.type)) say(socket, { type: 'RecoveryCodesTold', id: message.id, codes: Array.from({ length: 10 }, (_, i) => `3f9a${i}-77b0c-19de4-8a6f1`) });
          say(socket, refused ? { type: 'Refused', id: message.id, field: '', message: refused, code: refused } : { type: 'Done', id: message.id });
          if (message.command.type === 'SignOut') say(socket, { type: 'SessionOver', how: 'signed_out' });
          else push();
        }
      });
    });
  });

  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  const close = () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  };
  const offerVoice = (offer) => people.forEach((viewer) => viewer.role === 'operator' && say(viewer.socket, { type: 'MediaOffer', ...offer }));
  const fake = { world, push, close, offerVoice, onVoice: () => {}, url: `http://127.0.0.1:${server.address().port}` };
  return fake;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fake = await startFake({ port: Number(process.argv[2] ?? 0), ...(process.argv[3] ? { dist: resolve(process.argv[3]) } : {}) });
  console.log(`FAKE server, for looking at screens only: ${fake.url}/konsol (operator), /petugas (officer), /admin (admin), /lacak#demo`);
  setInterval(() => {
    if (fake.world.ring()) fake.push();
  }, 15_000);
  setInterval(() => {
    if (fake.world.guestMoves()) fake.push();
  }, 3000);
}
