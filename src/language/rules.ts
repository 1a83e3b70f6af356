/**
 * The reasons of interface.md that reading a program can have to reject it, in the order in which they take precedence.
 */
export const diagnosticCodes = ['syntax', 'name', 'topology'] as const;

export type DiagnosticCode = (typeof diagnosticCodes)[number];

interface Rule {
  readonly code: DiagnosticCode;
  readonly meaning: string;
}

/** Every rule that a program can break, by its stable code. Codes are never given a new meaning (spec 1.1). */
export const rules = {
  SNK001: { code: 'syntax', meaning: 'The file is not UTF-8 text here.' },
  SNK002: { code: 'syntax', meaning: 'A character, or a spelling of an operator, that the language does not have.' },
  SNK003: { code: 'syntax', meaning: 'A number, IPv4 address or MAC address is malformed.' },
  SNK004: { code: 'syntax', meaning: 'A number is larger than 2^53-1.' },
  SNK005: { code: 'syntax', meaning: 'Something else was expected here.' },
  SNK006: { code: 'syntax', meaning: 'A parenthesis is never closed.' },
  SNK007: { code: 'syntax', meaning: 'A closing parenthesis without an opening one.' },
  SNK008: { code: 'syntax', meaning: 'The file has no policy.' },
  SNK009: { code: 'syntax', meaning: 'Text follows the policy.' },
  SNK010: { code: 'syntax', meaning: '`&`, `|` and `!` apply to tests only.' },
  SNK011: { code: 'syntax', meaning: 'The switch of a packet, or the state outside a link, cannot be assigned.' },
  SNK012: { code: 'syntax', meaning: 'A state vector has the wrong length.' },
  SNK013: { code: 'syntax', meaning: 'The policy is nested too deeply.' },
  SNK014: { code: 'syntax', meaning: 'The policy is too large once its lets are expanded.' },
  SNK015: { code: 'syntax', meaning: 'A number is negative.' },
  SNK016: { code: 'syntax', meaning: 'A word of the language is used as a name.' },
  SNK017: { code: 'syntax', meaning: 'A property looks back where it cannot, or tests something else than headers.' },
  SNK101: { code: 'name', meaning: 'No host of this name is declared.' },
  SNK102: { code: 'name', meaning: 'No header field has this name.' },
  SNK103: { code: 'name', meaning: 'No `let` defines this name.' },
  SNK104: { code: 'name', meaning: 'A `let` is used before its definition, or in it.' },
  SNK105: { code: 'name', meaning: 'Something is declared twice.' },
  SNK106: { code: 'name', meaning: 'Two hosts have the same address.' },
  SNK107: { code: 'name', meaning: 'A value is of a kind that its field does not take.' },
  SNK108: { code: 'name', meaning: 'A number is too large for its field.' },
  SNK109: { code: 'name', meaning: 'A part of an IPv4 address is over 255.' },
  SNK110: { code: 'name', meaning: "A value is not in its field's declared domain." },
  SNK111: { code: 'name', meaning: 'The state has no such component.' },
  SNK112: { code: 'name', meaning: 'The name stands for something else already.' },
  SNK113: { code: 'name', meaning: 'A property observes a switch or a port that is not there.' },
  SNK114: { code: 'name', meaning: 'A property speaks of a state that is never reached.' },
  SNK201: { code: 'topology', meaning: 'A link of the policy is not declared.' },
  SNK202: { code: 'topology', meaning: 'No host and no link is at this location.' },
  SNK203: { code: 'topology', meaning: 'Two hosts are attached to one port.' },
  SNK204: { code: 'topology', meaning: 'A port has both a host and a link.' },
  SNK205: { code: 'topology', meaning: 'Two links leave one port.' },
  SNK206: { code: 'topology', meaning: 'Two links arrive at one port.' },
} as const satisfies Record<string, Rule>;

export type RuleCode = keyof typeof rules;
