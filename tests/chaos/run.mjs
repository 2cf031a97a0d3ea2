// One chaos run: plays the steps of a seed, lets every failure end, waits until nothing is undelivered, and compares.

import { until } from '../browser/until.mjs';
import * as disk from './disk.mjs';
import { failureSteps } from './failure_steps.mjs';
import { planOf } from './plan.mjs';
import { Session } from './session.mjs';
import { shopperSteps } from './shopper_steps.mjs';

const kSteps = { ...shopperSteps, ...failureSteps };
const kMinuteMs = 60_000;
/** A page looks for journals of ended pages every 60 s; a back-off or Retry-After may have to pass first. */
const kSettleMs = 200_000;
const kLookEvery = 25;

/** All failures end, and one new page stays open until no event waits, in memory, localStorage or mirror. */
const settle = async (session) => {
  for (const act of ['calm', 'online', 'agree', 'room']) await kSteps[act](session, { n: -1, act, slot: 0 });
  for (const page of session.slots.filter(Boolean)) {
    if (page.state === 'frozen') await kSteps.thaw(session, page);
    if (!page.isParked) await session.leaving(page);
    await page.tab.close();
    session.ended(page, 'close');
  }
  const heir = await session.pageOf(0);
  await heir.tab.run(() => shopper.vitrine.setConsent('granted'));
  const isIdle = async () => {
    await heir.tab.run(async () => void (await shopper.vitrine.events.flush()));
    if (!(await heir.tab.run(() => shopper.isIdle()))) return false;
    return !Object.keys(await session.onDisk(disk.mirror)).some((key) => key.startsWith('vitrine:1:j:'));
  };
  await until(isIdle, 'an empty queue', kSettleMs).catch(async (error) => {
    const { held, pending } = await heir.tab.run(() => navigator.locks.query());
    const [metrics, local, mirror] = [
      await heir.tab.run(() => shopper.vitrine.events.getMetrics()),
      await session.onDisk(disk.local),
      await session.onDisk(disk.mirror),
    ];
    throw new Error(`${error.message}\n${JSON.stringify({ metrics, local, mirror, held, pending }, null, 1)}`);
  });
  await session.listen(heir);
  await session.ledger.refresh();
};

/**
 * Plays a run.
 * @param {object} options
 * @param {'chromium' | 'firefox' | 'webkit'} options.engine
 * @param {string} options.service `refine`, `depict`, `richrelevance`, `doofinder` or `none`
 * @param {number} options.seed
 * @param {number} [options.minutes] ends after this time
 * @param {number} [options.steps] ends after so many steps
 * @param {(line: object) => void} [options.write] called with each step and its outcome
 * @param {(text: string) => void} [options.say] called with a line of progress each minute
 */
export const playChaos = async ({
  engine,
  service,
  seed,
  minutes,
  steps = Infinity,
  write = () => {},
  say = () => {},
}) => {
  const session = await Session.open({ engine, service });
  const beganMs = performance.now();
  const endMs = minutes === undefined ? Infinity : beganMs + minutes * kMinuteMs;
  let step;
  let spoken = 0;
  try {
    for (step of planOf(seed)) {
      if (step.n >= steps || performance.now() >= endMs) break;
      const note = await kSteps[step.act](session, step);
      const counts = note.left ? session.leftOut : session.done;
      counts[step.act] = (counts[step.act] ?? 0) + 1;
      write({ ...step, atMs: Math.round(performance.now() - beganMs), ...note });
      if (step.n % kLookEvery === 0) await session.ledger.refresh();
      const minute = Math.floor((performance.now() - beganMs) / kMinuteMs);
      if (minute > spoken) {
        spoken = minute;
        const { promised, stored, waiting, breaches } = session.ledger;
        say(
          `minute ${minute}: ${step.n} steps, ${promised} events promised, ${stored} stored, ${waiting} waiting, ` +
            `${breaches.length} breaches`,
        );
      }
    }
    await settle(session);
    const verdict = session.ledger.verdict();
    const { done, leftOut, adopted } = session;
    return { ...verdict, done, leftOut, adopted, requests: session.collector.counts, steps: step.n };
  } catch (error) {
    error.message = `at step ${JSON.stringify(step)}: ${error.message}`;
    throw error;
  } finally {
    await session.close();
  }
};
