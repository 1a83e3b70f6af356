/** n ports of one switch, each with an event of its own, which lets packets back: n blocks, 2^n event-sets. */
export function flags(n: number): string {
  const each = Array.from({ length: n }, (_, i) => i);
  const there = '(1:100)->(2:100)';
  return `
${each.map((i) => `host H${i} @ 1:${i + 1};`).join(' ')} host S @ 2:1; link 1:100 <-> 2:100; state [${each.map(() => 0)}];
policy
${each
  .map(
    (i) => `+ sw=1 & pt=${i + 1} & ip_dst=S & ip_src=H${i}; pt<-100;
      (state(${i})=0; ${there}-><state(${i})<-1> + state(${i})=1; ${there}); pt<-1
+ sw=2 & pt=1 & ip_dst=H${i}; state(${i})=1; pt<-100; (2:100)->(1:100); pt<-${i + 1}`,
  )
  .join('\n')
  .slice(1)}`;
}

/**
 * A learning switch with n hosts behind switches of their own: what it has not learnt it floods. The paper's reading of
 * Theorem 1 is violated, for a packet of an older configuration is learnt from, too (spec 5).
 */
export function star(n: number): string {
  const each = Array.from({ length: n }, (_, i) => i);
  const others = (i: number) => each.filter((j) => j !== i);
  const down = (j: number) => `pt<-${j + 1}; (1:${j + 1})->(${j + 2}:2)`;
  const flood = (i: number) => others(i).map(down).join(' + ');
  const branches = each.map((i) => {
    const up = `(${i + 2}:2)->(1:${i + 1})`;
    const learnt = `(state(${i})=0; ${up}-><state(${i})<-1> + state(${i})=1; ${up})`;
    const onward = others(i).map((j) => `ip_dst=H${j}; (state(${j})=1; ${down(j)} + state(${j})=0; (${flood(i)}))`);
    return `sw=${i + 2} & pt=1 & ip_src=H${i}; pt<-2; ${learnt}; (${onward.join(' + ')}); pt<-1`;
  });
  return `
${each.map((i) => `host H${i} @ ${i + 2}:1; link ${i + 2}:2 <-> 1:${i + 1};`).join('\n')} state [${each.map(() => 0)}];
policy ${branches.join('\n+ ')}`;
}
