/** What a rule matches: fields and the values that they must have, each field once. */
interface Matching {
  readonly match: readonly (readonly [field: number, value: number])[];
}

/** Rules that were added, one after the other, to be found by what they match. */
export interface RuleIndex<One extends { readonly rule: Matching }> {
  readonly add: (one: One) => void;
  /** All that some packet matches together with a rule, in the order in which they were added. */
  readonly overlapping: (rule: Matching) => One[];
}

/** The rules that match the same fields, by the values of those of these fields that a question names too. */
interface Group<One> {
  readonly fields: readonly number[];
  readonly all: Placed<One>[];
  readonly byShared: Map<string, { readonly shared: readonly number[]; readonly rules: Map<string, Placed<One>[]> }>;
}

interface Placed<One> {
  readonly place: number;
  readonly one: One;
}

const valuesOf = ({ match }: Matching, fields: readonly number[]): string =>
  fields.map((field) => match.find(([f]) => f === field)![1]).join();

/**
 * An index of rules. Two rules overlap iff they name the same value of each field that both match: so among the rules
 * that match the same fields, those that overlap a rule are found by its values of the fields that it shares with them.
 * The kinds of rules are few, and so it costs as much as is found.
 */
export function ruleIndex<One extends { readonly rule: Matching }>(): RuleIndex<One> {
  const groups = new Map<string, Group<One>>();
  let count = 0;
  const put = (rules: Map<string, Placed<One>[]>, key: string, placed: Placed<One>): void => {
    const found = rules.get(key);
    if (found) found.push(placed);
    else rules.set(key, [placed]);
  };
  const found = (group: Group<One>, rule: Matching): readonly Placed<One>[] => {
    const shared = group.fields.filter((field) => rule.match.some(([f]) => f === field));
    if (shared.length === 0) return group.all;
    const key = shared.join();
    let index = group.byShared.get(key);
    if (!index) {
      index = { shared, rules: new Map() };
      for (const placed of group.all) put(index.rules, valuesOf(placed.one.rule, shared), placed);
      group.byShared.set(key, index);
    }
    return index.rules.get(valuesOf(rule, shared)) ?? [];
  };
  return {
    add: (one) => {
      const fields = one.rule.match.map(([field]) => field);
      const group: Group<One> = groups.get(fields.join()) ?? { fields, all: [], byShared: new Map() };
      groups.set(fields.join(), group);
      const placed = { place: count++, one };
      group.all.push(placed);
      for (const { shared, rules } of group.byShared.values()) put(rules, valuesOf(one.rule, shared), placed);
    },
    overlapping: (rule) =>
      [...groups.values()]
        .flatMap((group) => found(group, rule))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one),
  };
}
