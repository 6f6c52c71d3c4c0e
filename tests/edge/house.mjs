// An installation behind the edge: sigapd with an [edge] of its own, and Kamailio with the file that `sigap edge kamailio`
// prints, both in a scratch folder on loopback.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort, Installation, TOP, until } from '../e2e/kit.mjs';

const PROGRAM = process.env.SIGAP ?? join(TOP, 'build/release/apps/sigap');
const SERVER = join(dirname(PROGRAM), 'sigapd');
const text = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };

/** A certificate authority, the edge's own certificate, one that a trunk shows, and one that only says the same name. */
function certificates(folder) {
  const make = (name, subject, ...more) =>
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj',
      `/CN=${subject}`, '-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.pem`), ...more], { stdio: 'ignore' });
  make('ca', 'test authority');
  const signed = ['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca.key')];
  make('edge', 'edge.example', ...signed);
  make('sbc', 'sbc.example', ...signed);
  make('other', 'other.example', ...signed);
  make('forged', 'sbc.example');
}

export class House extends Installation {
  static async start() {
    const it = new House();
    it.scratch = mkdtempSync(join(tmpdir(), 'sigap-edge-'));
    it.data = join(it.scratch, 'data');
    for (const name of ['http', 'sip', 'udp', 'tls', 'inside']) it[name] = `127.0.0.1:${await freePort()}`;
    it.tcp = it.udp;
    it.control = await freePort();
    certificates(it.scratch);
    mkdirSync(it.data, { mode: 0o700 });
    it.file = join(it.scratch, 'sigap.toml');
    writeFileSync(it.file, it.configuration());
    try {
      await it.launch();
      await it.launchEdge();
    } catch (error) {
      await it.stop();
      throw error;
    }
    return it;
  }

  configuration() {
    const rtp = 31_000 + (this.control % 500) * 2;
    return `[storage]
data = '${this.data}'
keys = '${this.data}.keys'
[nation]
folder = '${TOP}/data/indonesia'
[web]
listen = '${this.http}'
pages = '${TOP}/web/dist'
public_url = 'http://${this.http}'
insecure_cookie = true
[sip]
listen = '${this.sip}'
edge = ['127.0.0.1']
legs_max = 12
[edge]
udp = ['${this.udp}']
tcp = ['${this.tcp}']
tls = ['${this.tls}']
inside = '${this.inside}'
certificate = '${this.scratch}/edge.pem'
key = '${this.scratch}/edge.key'
client_ca = '${this.scratch}/ca.pem'
[media]
ng_port = ${this.control}
dtmf_port = ${this.control + 1}
port_min = ${rtp}
port_max = ${rtp + 400}
prompts = '${TOP}/build/assets/prompts'
[[trunk]]
name = 'telkom'
addresses = ['127.0.0.2']
station = 'polres-sleman'
[[trunk]]
name = 'kecil "$si"'
addresses = ['127.0.0.3']
station = 'polres-sleman'
calls_per_second = 1
[[trunk]]
name = 'sertifikat'
addresses = ['127.0.0.0/8']
station = 'polres-sleman'
tls_name = 'sbc.example'
`;
  }

  async launch() {
    this.process = this.spawned(SERVER, ['--config', this.file]);
    await until('the server', () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended: ${this.log}`);
      return this.health().catch(() => undefined);
    }, 30);
  }
  async launchEdge() {
    const run = join(this.scratch, 'run'), file = join(this.scratch, 'kamailio.cfg');
    mkdirSync(run, { recursive: true });
    writeFileSync(file, execFileSync(PROGRAM, ['edge', 'kamailio', '--config', this.file], text));
    execFileSync('kamailio', ['-c', '-f', file], text);  // throws with its words when the file is not good
    this.edge = this.spawned('kamailio', ['-DD', '-E', '-f', file, '-Y', run, '-w', run, '-P', join(run, 'pid'), '-m', '64', '-M', '8']);
    await until('the edge', () => {
      if (this.edge.exitCode !== null) throw new Error(`the edge ended: ${this.log}`);
      return existsSync(join(run, 'pid'));
    });
    await new Promise((done) => setTimeout(done, 500));
  }
  spawned(program, args) {
    const child = spawn(program, args, { cwd: this.scratch, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (this.log = (this.log ?? '') + words));
    return child;
  }

  /** A person who answers; the password is made by the server. */
  addOperator(login) {
    const words = execFileSync(PROGRAM, ['user', 'add', login, '--lasting', '--role', 'operator', '--station', 'polres-sleman', '--data', this.data], text);
    return { login, password: words.match(/password of \S+ (\S+)/)[1] };
  }

  async kill() {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }
  restart() {
    return this.launch();
  }
  async restartEdge() {
    await this.end(this.edge);
    rmSync(join(this.scratch, 'run/pid'), { force: true });
    await this.launchEdge();
  }
  async end(child) {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  /** How many requests the server turned away before they were calls. */
  async turnedAway() {
    const metrics = await (await fetch(`http://${this.http}/metrics`)).text();
    return Number(metrics.match(/^sigap_sip_refused_total (\d+)/m)[1]);
  }
  async stop() {
    await this.end(this.edge);
    await this.end(this.process);
    if (existsSync(join(this.data, 'rtpengine.pid'))) process.kill(this.mediaPid(), 'SIGTERM');
    rmSync(this.scratch, { recursive: true, force: true });
  }
}
