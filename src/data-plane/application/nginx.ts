/** nginx's own page for plain HTTP on a port that speaks TLS, as nginx 1.22 writes it. */
import type { HttpRequest, HttpResponse, Reply } from '../wire.ts';

const NGINX = 'nginx/1.22.1';
const SAYS = 'The plain HTTP request was sent to HTTPS port';

const PAGE = `<html>
<head><title>400 ${SAYS}</title></head>
<body>
<center><h1>400 Bad Request</h1></center>
<center>${SAYS}</center>
<hr><center>${NGINX}</center>
</body>
</html>
`.replaceAll('\n', '\r\n');

/** HTTP/2 finds an HTTP/1.1 answer where it wants frames. */
export function nginxPlainHttp(request: HttpRequest): Exclude<Reply, { kind: 'cannot-tell' }> {
  if (request.version === '2') return { kind: 'garbage', text: 'HTTP/1.1 400 Bad Request', looksLike: 'http' };
  const response: HttpResponse = {
    status: 400,
    headers: [
      ['server', NGINX],
      ['content-type', 'text/html'],
    ],
    body: request.method === 'HEAD' ? '' : PAGE,
    closes: true,
  };
  return { kind: 'http', response };
}
