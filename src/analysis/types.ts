/** What the answers of analysis look like. */
export type { RotationPlan } from './disturbance/rotateRoot.ts';
export type { DisturbanceKind, FailureWindow, RotationView, Stage, WhatBreaks } from './disturbance/types.ts';
export type { ChangePreview } from './previewChange.ts';
export type * from './security/types.ts';
export type { CallRemedy, Suggestion, SuggestionKind, Suggestions } from './suggest/types.ts';
