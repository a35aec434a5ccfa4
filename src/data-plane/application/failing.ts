/**
 * An application that got the request and does something else than answer: it hangs, hangs up, or stops
 * within its answer. Of HTTP/2 it ends the stream where HTTP/1 can only end the connection.
 * Authority: Go's net/http with a handler that blocks, panics with ErrAbortHandler, or resets its socket.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { ApplicationFailure } from '../../mesh/types.ts';
import type { OpenHop } from '../run.ts';
import type { Cause, HttpRequest, HttpResponse, Reply } from '../wire.ts';

/** What comes of an answer of which 100 bytes were announced. */
const BEGINNING = 'only a part';
export const ANNOUNCED_BYTES = 100;

const cutShort = (stream: boolean, cause: Cause): HttpResponse => ({
  status: 200,
  headers: [['content-type', 'text/plain']],
  body: BEGINNING,
  cutShort: stream ? 'stream-reset' : 'closed',
  closes: true,
  cause,
});

export function failing(hop: OpenHop, fails: ApplicationFailure, version: HttpRequest['version']): Reply {
  const how = { hangs: 'timeout', closes: 'closed', resets: 'reset', truncates: 'closed' } as const;
  hop.step({
    kind: 'connection-ended',
    origins: [],
    how: how[fails],
    reason: { code: `application-${fails}`, params: {} },
  });
  hop.end('failed');
  const cause = { kind: 'failed', hop: hop.id } as const;
  const stream = version === '2';
  switch (fails) {
    case 'hangs':
      return { kind: 'silence', cause };
    case 'closes':
      return stream ? { kind: 'stream-reset', cause } : { kind: 'closed', raced: false, cause };
    case 'resets':
      return { kind: 'reset', raced: false, cause };
    case 'truncates':
      return { kind: 'http', response: cutShort(stream, cause) };
    default:
      return assertNever(fails);
  }
}
