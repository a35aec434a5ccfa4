/** A handshake in six steps. */
export const handshakeSteps = {
  title: 'In six steps',
  request: '{{client}} opens a connection and asks for {{name}}.',
  'server-presents': '{{server}} presents its certificate.',
  'client-verifies': '{{client}} checks it against the CAs it trusts, and its name.',
  'client-presents': '{{client}} presents its own certificate.',
  'server-verifies': '{{server}} checks it against its client CA.',
  forwarded: 'The connection is secure; the request goes on through it.',
  compared: '(wanted {{wanted}}, saw {{saw}})',
  state: { done: 'done', failed: 'failed', 'not-reached': 'not reached', skipped: 'not asked for' },
} as const;
