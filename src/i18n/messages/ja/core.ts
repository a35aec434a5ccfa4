import type { CoreMessages } from '../messages.ts';
import { app, notice } from './app.ts';
import { canvas } from './canvas.ts';
import { playback } from './playback.ts';
import { reason } from './reason.ts';
import { request } from './request.ts';
import { step } from './step.ts';
import { verdict } from './verdict.ts';

export const core: CoreMessages = { app, notice, request, canvas, playback, verdict, step, reason };
