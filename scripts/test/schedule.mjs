/**
 * Runs steps in the order given, two at a time: a step starts when those it comes after have ended
 * and, if it wants to be alone, when nothing else runs. `perform` never rejects.
 * @template {{ name: string, after?: string[], alone?: boolean }} Step
 * @param {readonly Step[]} steps
 * @param {(step: Step) => Promise<void>} perform
 */
export async function runTwoAtATime(steps, perform) {
  const waiting = [...steps];
  /** @type {Map<Step, Promise<void>>} */
  const running = new Map();
  /** @param {Step} step */
  const isReady = (step) => {
    const pending = new Set([...waiting, ...running.keys()].map(({ name }) => name));
    if ((step.after ?? []).some((name) => pending.has(name))) return false;
    if ([...running.keys()].some(({ alone }) => alone)) return false;
    return step.alone ? running.size === 0 : running.size < 2;
  };
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.find(isReady);
    if (next !== undefined) {
      waiting.splice(waiting.indexOf(next), 1);
      running.set(
        next,
        perform(next).then(() => {
          running.delete(next);
        }),
      );
    } else if (running.size > 0) {
      await Promise.race(running.values());
    } else {
      throw new Error(`steps wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    }
  }
}
