/**
 * Stands for a simple_switch that takes packets and has a Thrift port, and then fails: `hang` never answers, `die` ends
 * at the first packet, `late` finds after a while that its Thrift port is taken.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

const [how, ...args] = process.argv.slice(2);
/** @param {string} option */
const after = (option) => args[args.indexOf(option) + 1] ?? '';

const greeting = Buffer.from([0x00, 0x53, 0x50, 0x00, 0x00, 0x10, 0x00, 0x00]);

function takePackets() {
  createServer((socket) => {
    socket.write(greeting);
    let bytes = 0;
    socket.on('data', (data) => {
      bytes += data.length;
      if (how === 'die' && bytes > greeting.length) process.exit(9);
    });
  }).listen(after('--packet-in').replace('ipc://', ''));
}

function haveThriftPort() {
  createServer(() => undefined).listen(Number(after('--thrift-port')), () =>
    writeFileSync(`${after('--log-file')}.txt`, 'Thrift server was started\n'),
  );
}

function losePort() {
  setTimeout(() => {
    process.stderr.write('Could not bind: Address already in use\n');
    process.exit(1);
  }, 200);
}

if (args.includes('--version')) {
  process.stdout.write('0.0.0-fake\n');
} else {
  if (args.includes('--packet-in')) takePackets();
  if (how === 'late') losePort();
  else haveThriftPort();
}
