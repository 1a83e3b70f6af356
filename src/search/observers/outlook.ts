import type { CopyKind, PacketSpace } from '../../network/packet-space.js';
import { type Guessed, nothingGuessed, type WatchedProperty } from './watched-property.js';

/** What may still come of a copy, or of a packet, whatever happens elsewhere. */
export interface Ahead {
  readonly maySatisfy: boolean;
  readonly mayBreak: boolean;
}

/**
 * Which copies can still break a property, whatever has been true before and earlier (part of the reduction `history`).
 *
 * A located packet breaks it, or counts for it, only if its formulas allow it by what is seen of it and of its way;
 * `before` and `earlier` are taken to be anything. So once no packet enters any more, executions in which no copy under
 * way may break it can end there: all located packets to come are those of these copies. And if no packet may break it,
 * under the configuration of no event-set, no execution does, whatever its length and the number of its packets; a
 * packet that enters where no configuration is defined is seen as it enters and never again.
 */
export interface Outlook {
  readonly ahead: (kind: CopyKind, via: Guessed) => Ahead;
  /** Of all packets, under the configurations of all event-sets. */
  readonly anywhere: () => Ahead;
}

/** @param tags how many event-sets there are @param isMixed whether each hop may be by any of them */
export function outlookOf(property: WatchedProperty, space: PacketSpace, tags: number, isMixed: boolean): Outlook {
  const choices = isMixed ? [...Array(tags).keys()] : [0];
  const known = new Map<string, Ahead>();

  const ahead = (kind: CopyKind, via: Guessed): Ahead => {
    const key = keyOf(kind, via);
    const found = known.get(key) ?? explore(kind, via);
    known.set(key, found);
    return found;
  };
  const explore = (kind: CopyKind, via: Guessed): Ahead => {
    let maySatisfy = false;
    let mayBreak = false;
    const work = [{ kind, via }];
    const seen = new Set([keyOf(kind, via)]);
    for (const copy of work) {
      for (const by of choices)
        for (const { seen: hop, moves } of space.forward(copy.kind, by)) {
          let { via: onWay } = copy;
          const located = [...(hop.arrival ? [{ marks: hop.arrival, below: hop.below }] : [])];
          for (const { marks, below } of located) {
            const guess = property.guess(marks, onWay, below);
            maySatisfy ||= guess.maySatisfy;
            mayBreak ||= guess.mayBreak;
            onWay = guess.via;
          }
          for (const marks of hop.leaving) {
            const guess = property.guess(marks, onWay, []);
            maySatisfy ||= guess.maySatisfy;
            mayBreak ||= guess.mayBreak;
          }
          for (const move of moves) {
            const key = keyOf(move.kind, onWay);
            if (seen.has(key)) continue;
            seen.add(key);
            work.push({ kind: move.kind, via: onWay });
          }
        }
    }
    return { maySatisfy, mayBreak };
  };

  const anywhere = (): Ahead => {
    let maySatisfy = false;
    let mayBreak = false;
    for (const ingress of space.ingresses.keys())
      for (let tag = 0; tag < (isMixed ? 1 : tags); tag++)
        for (const { kind, arrival, below } of space.enter(ingress, tag)) {
          const entry = property.guess(arrival, nothingGuessed, below);
          const later = ahead(kind, entry.via);
          maySatisfy ||= entry.maySatisfy || later.maySatisfy;
          mayBreak ||= entry.mayBreak || later.mayBreak;
        }
    return { maySatisfy, mayBreak };
  };
  return { ahead, anywhere };
}

const keyOf = (kind: CopyKind, { certain, possible }: Guessed): string => `${kind}|${certain}|${possible}`;
