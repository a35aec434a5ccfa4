/** The whole Japanese catalogue, for tests. */
import type { Messages } from '../messages.ts';
import { calls } from './calls.ts';
import { certificates } from './certificates.ts';
import { code } from './code.ts';
import { connections } from './connections.ts';
import { console } from './console.ts';
import { core } from './core.ts';
import { csr } from './csr.ts';
import { diagnostic, diagnosticUi } from './diagnostic.ts';
import { draw } from './draw.ts';
import { editor } from './editor.ts';
import { evidence } from './evidence.ts';
import { explorer } from './explorer.ts';
import { find } from './find.ts';
import { handshake } from './handshake.ts';
import { handshakeSteps } from './handshakeSteps.ts';
import { history } from './history.ts';
import { inspector } from './inspector.ts';
import { print } from './print.ts';
import { remedy } from './remedy.ts';
import { sds } from './sds.ts';
import { secret } from './secret.ts';
import { security } from './security.ts';
import { share } from './share.ts';
import { shortcut } from './shortcut.ts';
import { start } from './start.ts';
import { suggest } from './suggest.ts';
import { token } from './token.ts';

export const ja: Messages = {
  ...core,
  calls,
  certificates,
  code,
  connections,
  console,
  csr,
  diagnostic,
  diagnosticUi,
  draw,
  find,
  editor,
  evidence,
  explorer,
  handshake,
  handshakeSteps,
  history,
  inspector,
  print,
  remedy,
  sds,
  secret,
  security,
  share,
  shortcut,
  start,
  suggest,
  token,
};
