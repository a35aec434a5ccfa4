/** The Japanese catalogue. */
import type { CoreMessages } from '../messages.ts';
import { app, explorer, notice, shortcut } from './app.ts';
import { canvas } from './canvas.ts';
import { diagnostic, diagnosticUi } from './diagnostic.ts';
import { editor } from './editor.ts';
import { handshake } from './handshake.ts';
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
  playback,
  verdict,
  remedy,
  suggest,
  step,
  handshake,
  editor,
  diagnostic,
  diagnosticUi,
  reason,
};
