import { expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import { createI18n, type Translator } from '../../i18n/i18n.ts';
import type { FinishedRun } from '../../state/studioState.ts';
import type { Call } from '../../trace/call.ts';
import { inProcessClient } from '../../worker/inProcess.ts';
import { paintedLines } from './decisions.ts';

const TEXT = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: friends, namespace: shop}
spec:
  rules:
  - from:
    - source: {principals: [cluster.local/ns/shop/sa/friend]}
`;

it('the deciding lines say the verdict, a rule that did not match says at which field', async () => {
  const engine = inProcessClient();
  const options = { now: Date.UTC(2026, 10, 23), seed: 'painted' };
  await engine.ask({ kind: 'open-workspace', revision: 1, files: [{ name: 'a.yaml', text: TEXT }], options });
  const call: Call = {
    from: 'shop/web' as WorkloadId,
    container: 'app',
    request: {
      kind: 'http',
      url: 'http://web/',
      method: 'GET',
      headers: [],
      httpVersion: '1.1',
      pathAsIs: false,
      tls: { insecure: false },
    },
  };
  const reply = await engine.ask({ kind: 'send', revision: 1, call });
  engine.dispose();
  if (reply.kind !== 'answer') return expect.fail(JSON.stringify(reply));
  const run = { answer: reply.answer, revision: 1 } as FinishedRun;
  const i18n = await createI18n('en');
  await i18n.need(['code']);
  const painted = paintedLines(i18n.current() as Translator<'code'>, run);
  const lineOf = (text: string): number => TEXT.slice(0, TEXT.indexOf(text)).split('\n').length;
  const decides = painted.find(({ kind }) => kind === 'decides');
  expect(decides?.lines[0]).toContain('AuthorizationPolicy shop/friends');
  const passed = painted.find(({ range }) => range.startLine === lineOf('principals'));
  expect(passed?.lines.join(' ')).toContain('principals wants cluster.local/ns/shop/sa/friend');
});
