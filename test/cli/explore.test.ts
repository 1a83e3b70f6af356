import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine, entry, snkVerify } from '../end-to-end/command-line.js';

const root = path.resolve(import.meta.dirname, '../..');
let explorer: ChildProcess;
let port: number;

/** Starts `snk-verify explore` and waits for its address. */
function start(...args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [entry, 'explore', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /^http:\/\/127\.0\.0\.1:(\d+)\/$/m.exec(said)?.[1];
      if (found) resolve({ child, port: Number(found) });
    });
    child.once('exit', (status) => reject(new Error(`it ended with ${status}: ${said}`)));
  });
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(
  target: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: target, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

/** What is answered to some bytes, by the time that the connection is closed. */
const said = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host: '127.0.0.1', port }, () => socket.end(bytes));
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });

beforeAll(async () => {
  buildCommandLine();
  ({ child: explorer, port } = await start('models/firewall.snk', '--semantics', 'best-effort'));
});
afterAll(async () => {
  const end = ended(explorer);
  explorer.kill('SIGINT');
  await end;
});

describe('the server of explore', () => {
  it('answers with its page, the session and the execution, for nobody to keep or to frame', async () => {
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.body).toMatch(/^<!doctype html>/);
    for (const target of ['/', '/session', '/export', '/nothing'])
      expect((await ask(target)).headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
    const session = await ask('/session?actions=');
    expect(JSON.parse(session.body)).toMatchObject({ actions: '', execution: { steps: [] } });
    expect((await ask('/', { method: 'HEAD' })).body).toBe('');
  });

  it('is known by the names of this machine alone', async () => {
    const status = async (host: string) => (await ask('/session', { headers: { host } })).status;
    expect(await status(`127.0.0.1:${port}`)).toBe(200);
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(await status(`LOCALHOST:${port}`)).toBe(200);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
    ])
      expect(await status(host), host).toBe(421);
    expect(await said('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
  });

  it('answers no other site', async () => {
    const status = async (headers: Record<string, string>) => (await ask('/session', { headers })).status;
    expect(await status({ origin: `http://127.0.0.1:${port}` })).toBe(200);
    for (const origin of ['https://evil.example', 'null', 'http://localhost', `https://127.0.0.1:${port}`])
      expect(await status({ origin }), origin).toBe(403);
    expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await status({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' })).toBe(403);
    const frame = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
    expect(await status(frame)).toBe(403);
    // Somebody follows a link to a shared execution.
    expect(await status({ ...frame, 'sec-fetch-dest': 'document' })).toBe(200);
  });

  it('reads nothing, and answers nothing but its own', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
      expect((await ask('/session', { method })).status, method).toBe(405);
    expect((await ask('/', { headers: { 'content-length': '5' }, body: 'hello' })).status).toBe(413);
    expect((await ask('/', { headers: { 'transfer-encoding': 'chunked' }, body: 'hello' })).status).toBe(413);
    for (const target of [
      '/index.html',
      '/../package.json',
      '/%2e%2e/package.json',
      '//evil.example/',
      '/session/',
      'http://evil.example/',
      '/models/firewall.snk',
    ])
      expect((await ask(target)).status, target).toBe(404);
    expect((await ask(`/session?actions=${'1.'.repeat(5000)}`)).status).toBe(414);
    expect((await ask(`/?${'x'.repeat(20_000)}`)).status).toBe(431);
  });

  it('says what is wrong with actions', async () => {
    const problem = async (actions: string) => {
      const { status, body } = await ask(`/session?actions=${actions}`);
      return [status, JSON.parse(body).problem];
    };
    expect(await problem('999')).toEqual([404, 'action 1: there is no choice 999']);
    expect(await problem('x')).toEqual([404, 'actions are numbers with points between them']);
    expect(await problem('__proto__')).toEqual([404, 'actions are numbers with points between them']);
    expect((await ask('/export?actions=-1')).status).toBe(404);
  });

  it('listens on loopback alone', async () => {
    const others = ['127.0.0.2', '::1'];
    for (const host of others) {
      const refused = await new Promise((resolve) => {
        const socket = connect({ host, port }, () => resolve(false));
        socket.once('error', () => resolve(true));
      });
      expect(refused, host).toBe(true);
    }
  });

  it('exports what validate confirms, and report and convert read', async () => {
    // Enters, is carried to H4, and the answer is dropped: chosen by what the choices say.
    let actions: string[] = [];
    for (const wanted of [
      'enters at 1:2 with ip_dst=H4',
      'takes packet 0 at 1:2',
      'crosses',
      'at 4:1 and',
      'H4 receives',
      'enters at 4:2 with ip_dst=H1',
      'drops it',
    ]) {
      const { choices } = JSON.parse((await ask(`/session?actions=${actions.join('.')}`)).body);
      const choice = choices.find(({ text }: { text: string }) => text.includes(wanted));
      expect(choice, wanted).toBeDefined();
      actions = [...actions, choice.index];
    }
    const shown = JSON.parse((await ask(`/session?actions=${actions.join('.')}`)).body);
    expect(shown.checks.map(({ status }: { status: string }) => status)).toEqual(['kept', 'violated', 'violated']);
    const exported = await ask(`/export?actions=${actions.join('.')}`);
    expect(exported.headers['content-disposition']).toBe('attachment; filename="execution.json"');
    const folder = mkdtempSync(path.join(tmpdir(), 'snk-verify-'));
    try {
      writeFileSync(path.join(folder, 'execution.json'), exported.body);
      const file = path.join(folder, 'execution.json');
      const validated = await snkVerify(['validate', file, '--json'], { cwd: root });
      expect(JSON.parse(validated.stdout)).toMatchObject({ confirmed: true, executions: [{}, {}, { path: 'steps' }] });
      expect(validated.status).toBe(0);
      expect((await snkVerify(['convert', file, '--to', 'pcapng', '-o', 'x.pcapng'], { cwd: folder })).status).toBe(0);
      expect((await snkVerify(['report', file, '-o', folder], { cwd: root })).status).toBe(0);
      expect(readFileSync(path.join(folder, 'firewall.html'), 'utf8')).toContain('too-late');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the verb', () => {
  it('ends well on Ctrl-C, even with a connection open', async () => {
    const { child, port: own } = await start('models/firewall.snk');
    const socket = connect({ host: '127.0.0.1', port: own });
    await new Promise((resolve) => socket.once('connect', resolve));
    // It is cut off when the server ends.
    socket.on('error', (error: NodeJS.ErrnoException) => expect(error.code).toBe('ECONNRESET'));
    const end = ended(child);
    child.kill('SIGINT');
    expect(await end).toBe(0);
    socket.destroy();
  });

  it('says when a port is taken', async () => {
    const outcome = await snkVerify(['explore', 'models/firewall.snk', '--port', String(port)], { cwd: root });
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringMatching(/port \d+ is taken/) });
  });
});
