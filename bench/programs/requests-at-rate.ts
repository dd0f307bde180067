// A program: requests at a rate, each with the next token of a file, over 64 kept connections. Arguments: requests a
// second, seconds, file, the status that each answer must have. Where all connections wait, what is due waits too.
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { ports } from '../harness/ports.ts';

const [rate = 0, seconds = 0] = process.argv.slice(2, 4).map(Number);
const [file = '', expected = ''] = process.argv.slice(4);
const host = `127.0.0.1:${ports.system}`;
const requests = readFileSync(file, 'utf8')
  .split('\n')
  .map((token) => Buffer.from(`GET /orders HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`));
const idle: Socket[] = [];
let sent = 0;
let answered = 0;
let wrong = 0;

/** An answer comes in one piece: it is far smaller than a segment of the loopback interface. */
async function open(): Promise<void> {
  const socket = connect(ports.system, '127.0.0.1');
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.setNoDelay().on('data', (data) => {
    answered++;
    if (data.toString('latin1', 9, 12) !== expected) wrong++;
    idle.push(socket);
  });
  idle.push(socket);
}

function sendDue(start: number): void {
  const due = Math.min(requests.length, Math.floor(((performance.now() - start) / 1_000) * rate));
  while (sent < due) {
    const socket = idle.pop();
    if (socket === undefined) return;
    socket.write(requests[sent++] as Buffer);
  }
}

await Promise.all(Array.from({ length: 64 }, open));
const start = performance.now();
const sending = setInterval(() => sendDue(start), 1);
setTimeout(() => {
  clearInterval(sending);
  console.log(JSON.stringify({ sent, answered, wrong }));
  process.exit(0);
}, seconds * 1_000);
