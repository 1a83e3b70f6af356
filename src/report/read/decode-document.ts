import {
  anything,
  type Decoder,
  flag,
  listOf,
  nullable,
  object,
  oneOf,
  openObject,
  optional,
  record,
  text,
  textOrInteger,
  variant,
  whole,
} from '../../base/decode.js';
import type { ViolationKind } from '../../execution/execution.js';
import { semanticsNames } from '../../execution/semantics.js';
import type { StatedExecution } from '../../execution/stated.js';
import { fieldNames } from '../../netkat/fields.js';
import { type CheckName, checkNames, isCheckName } from '../../theorems/checks.js';

const anyWhole = whole(Number.MAX_SAFE_INTEGER, 'the largest integer');
const eventId = whole(100_000, 'more events than there can be');
const place: Decoder<string> = (value, path, problems) => {
  const location = text(value, path, problems);
  if (typeof value === 'string' && !/^\d{1,15}:\d{1,15}$/.test(value))
    problems.push(`${path} is ${JSON.stringify(value.slice(0, 40))}, not a location like 4:1`);
  return location;
};
const eventSet = listOf(eventId);
const shownHeaders = record(() => textOrInteger, 'header field');

const stepDecoders = {
  IN: object({
    rule: oneOf(['IN'], 'the rule'),
    packet: optional(anyWhole),
    at: place,
    headers: shownHeaders,
    tag: optional(nullable(eventSet)),
  }),
  SW: object({
    rule: oneOf(['SW'], 'the rule'),
    packet: optional(anyWhole),
    at: place,
    tag: optional(eventSet),
    digestIn: optional(eventSet),
    detected: optional(eventSet),
    eventSet: optional(eventSet),
    outputs: optional(listOf(object({ port: anyWhole, headers: shownHeaders, digest: eventSet }))),
  }),
  LINK: object({
    rule: oneOf(['LINK'], 'the rule'),
    packet: optional(anyWhole),
    from: place,
    to: optional(place),
  }),
  OUT: object({
    rule: oneOf(['OUT'], 'the rule'),
    packet: optional(anyWhole),
    at: place,
    host: optional(nullable(text)),
  }),
  CTRLRECV: object({ rule: oneOf(['CTRLRECV'], 'the rule'), item: eventSet, told: optional(anyWhole) }),
  CTRLSEND: object({ rule: oneOf(['CTRLSEND'], 'the rule'), switch: anyWhole, eventSet: optional(eventSet) }),
};

/** Steps are read strictly, so that a misspelt key is not taken for one that is left out. */
const steps = listOf(variant('rule', stepDecoders, 'a rule')) as Decoder<StatedExecution>;

const kinds: readonly ViolationKind[] = [
  'inconsistent',
  'undefined-configuration',
  'mixture',
  'too-early',
  'too-late',
  'property',
  'compiler',
];

const claimed = {
  kind: optional(oneOf(kinds, 'a kind of violation')),
  packet: optional(nullable(anyWhole)),
  event: optional(nullable(eventId)),
  explanation: optional(text),
  occurrences: optional(listOf(openObject({ event: eventId, step: anyWhole }))),
};

const network = openObject({
  switches: listOf(anyWhole),
  hosts: listOf(openObject({ name: text, at: place, ip: text, mac: text })),
  links: listOf(openObject({ from: place, to: place })),
  fields: listOf(
    openObject({
      name: oneOf(fieldNames, 'a header field'),
      domain: listOf(textOrInteger),
    }),
  ),
});

const someCheck = oneOf([...checkNames, 'strong'], 'a check, or property.NAME');
const checkName: Decoder<CheckName> = (value, path, problems) =>
  typeof value === 'string' && isCheckName(value) ? value : someCheck(value, path, problems);

/** A document without its counterexamples, each of which belongs to a check. */
export const documentDecoder = openObject({
  program: optional(openObject({ file: optional(text), sha256: optional(text), text: optional(text) })),
  rejected: optional(nullable(openObject({ code: text, message: text }))),
  error: optional(openObject({ message: text })),
  options: optional(
    openObject({
      semantics: optional(oneOf(semanticsNames, 'a variant of the rules')),
      packets: optional(anyWhole),
      controller: optional(flag),
    }),
  ),
  network: optional(network),
  nes: optional(
    openObject({
      events: optional(
        listOf(
          openObject({
            id: eventId,
            formula: text,
            at: place,
            occurrence: anyWhole,
            clock: optional(anyWhole),
            time: optional(anyWhole),
            after: optional(nullable(eventId)),
          }),
        ),
      ),
      eventSets: optional(listOf(eventSet)),
      bound: optional(nullable(anyWhole)),
    }),
  ),
  checks: optional(record(() => openObject({ status: text, counterexample: optional(nullable(anything)) }), 'check')),
  check: optional(checkName),
  properties: optional(listOf(openObject({ name: text, text, file: text }))),
  ...claimed,
  steps: optional(steps),
});

/** What a check's counterexample says. */
export const counterexample = openObject({ ...claimed, steps });
