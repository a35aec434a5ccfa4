/** What every visitor needs at once; the other areas come with the panels that show them (`areas.ts`). */
import { app, notice } from './app.ts';
import { canvas } from './canvas.ts';
import { playback } from './playback.ts';
import { reason } from './reason.ts';
import { request } from './request.ts';
import { step } from './step.ts';
import { verdict } from './verdict.ts';

export const core = { app, notice, request, canvas, playback, verdict, step, reason } as const;
