/** A set of events as the paper writes it, by the numbers of the events in the order given: `{e0, e1}`. */
export const showEvents = (events: Iterable<number>): string => `{${Array.from(events, (id) => `e${id}`).join(', ')}}`;
