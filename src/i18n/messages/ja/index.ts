/** The Japanese catalogue. */
import type { CoreMessages } from '../messages.ts';
import { app, explorer, notice, shortcut } from './app.ts';
import { canvas } from './canvas.ts';
import { diagnostic, diagnosticUi } from './diagnostic.ts';
import { draw } from './draw.ts';
import { handshake } from './handshake.ts';
import { handshakeSteps } from './handshakeSteps.ts';
import { editor, inspector } from './inspector.ts';
import { playback } from './playback.ts';
import { reason } from './reason.ts';
import { remedy } from './remedy.ts';
import { request } from './request.ts';
import { step } from './step.ts';
import { suggest } from './suggest.ts';
import { verdict } from './verdict.ts';

export const ja: CoreMessages = {
  app,
  explorer,
  notice,
  shortcut,
  request,
  canvas,
  draw,
  playback,
  verdict,
  remedy,
  suggest,
  step,
  handshake,
  handshakeSteps,
  inspector,
  editor,
  diagnostic,
  diagnosticUi,
  reason,
};
