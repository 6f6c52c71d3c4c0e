// A village officer's app, as small as it can be: it is told of an alert, verifies who says so, shows it, and
// acknowledges it. Without any package: Node.js 20 or newer. docs/integrating.md tells the whole.
//
//   SIGAP=https://110.example CLIENT=bos KEY=whsec_... node app.mjs check
//   SIGAP=... CLIENT=... KEY=... PORT=8080 node app.mjs listen
//   SIGAP=... CLIENT=... KEY=... node app.mjs report 110.37 -7.8 "seseorang mencuri sepeda"
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { SIGAP, CLIENT, KEY, PORT = '0', ANSWER = 'acknowledge' } = process.env;
const TOLERANCE_S = 300; // Standard Webhooks advises five minutes
const BODY_MOST = 64 * 1024; // bytes; a message has some hundred

const secret = Buffer.from((KEY ?? '').replace(/^whsec_/, ''), 'base64');
const sign = (text) => 'v1,' + createHmac('sha256', secret).update(text).digest('base64');
const now = () => Math.floor(Date.now() / 1000);

/** Whether Sigap says so: one of the signatures is by our key, and it was said just now. */
export function verified(headers, body) {
  const at = headers['webhook-timestamp'] ?? '';
  if (!(Math.abs(now() - Number(at)) <= TOLERANCE_S)) return false;
  const right = Buffer.from(sign(`${headers['webhook-id']}.${at}.${body}`));
  return (headers['webhook-signature'] ?? '').split(' ').some((one) => {
    const said = Buffer.from(one);
    return said.length === right.length && timingSafeEqual(said, right);
  });
}

/** Says something to Sigap, again with the same id until there is an answer. */
export async function say(method, path, content) {
  const body = content === undefined ? '' : JSON.stringify(content);
  const id = randomUUID();
  for (let tries = 1; ; tries++) {
    const at = String(now());
    try {
      const answer = await fetch(SIGAP + path, {
        method,
        body: body || undefined,
        headers: {
          ...(body ? { 'content-type': 'application/json' } : {}),
          'sigap-client': CLIENT,
          'webhook-id': id,
          'webhook-timestamp': at,
          'webhook-signature': sign(`${id}.${at}.${method} ${path}\n${body}`),
        },
        signal: AbortSignal.timeout(10_000),
      });
      if (answer.status < 500 && answer.status !== 429) return { status: answer.status, ...(await answer.json()) };
    } catch (error) {
      if (tries === 5) throw error;
    }
    if (tries === 5) throw new Error('no answer');
    await new Promise((done) => setTimeout(done, 500 * 2 ** tries));
  }
}

/** What comes twice is shown once. */
const seen = new Set();

async function told(message) {
  console.log(JSON.stringify(message));
  if (message.type !== 'alert.raised') return;
  // A person would press a key here. Whoever is not there declines, and the next unit is asked at once.
  console.log(JSON.stringify({ answered: ANSWER, ...(await say('POST', `/api/v1/alerts/${message.data.alert}/${ANSWER}`)) }));
}

function listen() {
  const server = createServer((request, response) => {
    const parts = [];
    let size = 0;
    request.on('data', (part) => {
      size += part.length;
      if (size > BODY_MOST) request.destroy();
      else parts.push(part);
    });
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      if (request.method !== 'POST' || !verified(request.headers, body)) {
        response.writeHead(401).end();
        return console.log(JSON.stringify({ refused: 'not signed by Sigap' }));
      }
      response.writeHead(204).end(); // first the answer, then the work
      const id = request.headers['webhook-id'];
      if (seen.has(id)) return;
      seen.add(id);
      told(JSON.parse(body)).catch((error) => console.error(String(error)));
    });
  });
  server.listen(Number(PORT), '127.0.0.1', () => console.log(JSON.stringify({ listening: server.address().port })));
}

const [, , command, ...rest] = process.argv;
if (command === 'check') console.log(JSON.stringify(await say('GET', '/api/v1/self')));
else if (command === 'listen') listen();
else if (command === 'report') {
  const [longitude, latitude, notes] = rest;
  const place = { longitude: Number(longitude), latitude: Number(latitude) };
  console.log(JSON.stringify(await say('POST', '/api/v1/reports', { place, ...(notes ? { notes } : {}) })));
} else {
  console.error('check, listen or report: see the first lines of this file');
  process.exitCode = 2;
}
