/**
 * Envoy's format strings in header values (`%HOSTNAME%`, `%REQ(x)%`, `%%`): the state machine of
 * istiod's header value validator. Input: the value; output: its complaint, if any.
 */
type State =
  | 'literal'
  | 'variable-name'
  | 'expect-array'
  | 'expect-string'
  | 'string'
  | 'expect-delimiter-or-end'
  | 'expect-arguments-end'
  | 'expect-variable-end';

/** The next state and whether the following character is consumed too; or a complaint. */
type Step = { readonly state: State; readonly skip?: boolean } | { readonly problem: string };

const invalid = (problem: string): Step => ({ problem: `invalid header configuration. ${problem}` });

export function headerFormatProblem(value: string): string | undefined {
  let state: State = 'literal';
  for (let position = 0; position < value.length; position++) {
    const step = next(state, value.charAt(position), value.charAt(position + 1));
    if ('problem' in step) return step.problem;
    state = step.state;
    if (step.skip) position++;
  }
  if (state === 'literal') return undefined;
  return `invalid header configuration. Un-terminated variable expression '${value}'`;
}

function next(state: State, character: string, following: string): Step {
  const space = character === ' ';
  switch (state) {
    case 'literal':
      if (character !== '%') return { state };
      if (following === '') return invalid('Un-escaped %');
      return following === '%' ? { state, skip: true } : { state: 'variable-name' };
    case 'variable-name':
      if (character === '%') return { state: 'literal' };
      return { state: character === '(' ? 'expect-array' : state };
    case 'expect-array':
      if (character === '[') return { state: 'expect-string' };
      return { state: space ? state : 'string' };
    case 'expect-delimiter-or-end':
      if (character === ',') return { state: 'expect-string' };
      if (character === ']') return { state: 'expect-arguments-end' };
      return space ? { state } : invalid("Expecting ',', ']', or whitespace");
    case 'expect-string':
      if (character === '"') return { state: 'string' };
      return space ? { state } : invalid(`Expecting '"'`);
    case 'string':
      if (character === '\\') {
        return following === '' ? invalid('Un-terminated backslash in JSON string') : { state, skip: true };
      }
      if (character === ')') return { state: 'expect-variable-end' };
      return { state: character === '"' ? 'expect-delimiter-or-end' : state };
    case 'expect-arguments-end':
      if (character === ')') return { state: 'expect-variable-end' };
      return space ? { state } : invalid("Expecting ')' or whitespace after '{}', but found '{}'");
    case 'expect-variable-end':
      if (character === '%') return { state: 'literal' };
      return space ? { state } : invalid("Expecting '%' or whitespace after");
  }
}
