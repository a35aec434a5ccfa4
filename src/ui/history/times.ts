/** When a state was kept: the hour, with the day where it is not today. */
import type { Language } from '../../base/localizedText.ts';

export function timeText(language: Language, at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const day = { month: 'short', day: 'numeric' } as const;
  return new Intl.DateTimeFormat(language, isToday ? time : { ...day, ...time }).format(at);
}
