import process from 'node:process';

/** How much CPU time this process takes for some work, in milliseconds: however busy others keep the machine, it is the same. */
export function cpuTime_ms(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
