// Stands for a simple_switch that takes packets and has a Thrift port, and then fails: `hang` never answers, `die` ends at the first packet.
import { createServer } from 'node:net';

const [how, ...args] = process.argv.slice(2);
/** @param {string} option */
const after = (option) => args[args.indexOf(option) + 1] ?? '';

if (args.includes('--version')) {
  process.stdout.write('0.0.0-fake\n');
} else {
  const greeting = Buffer.from([0x00, 0x53, 0x50, 0x00, 0x00, 0x10, 0x00, 0x00]);
  createServer((socket) => {
    socket.write(greeting);
    let bytes = 0;
    socket.on('data', (data) => {
      bytes += data.length;
      if (how === 'die' && bytes > greeting.length) process.exit(9);
    });
  }).listen(after('--packet-in').replace('ipc://', ''));
  createServer(() => undefined).listen(Number(after('--thrift-port')));
}
