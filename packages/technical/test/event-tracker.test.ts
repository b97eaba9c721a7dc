import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventTracker } from '../src/event-tracker.js';

const limits = { leastSeconds: 0.3, gapSeconds: 0.2 };

/** Follows moments of 0.1 s, `x` where it holds. */
function follow(text: string, step = 0.1) {
  const tracker = new EventTracker('black', limits);
  const events = [...text].flatMap((letter, i) =>
    tracker.add(
      { source: 'made', timestamp: i * step, durationSeconds: step },
      letter === 'x' ? { darkness: i } : undefined,
    ),
  );
  return { events: [...events, ...tracker.finish('made')], tracker };
}
const spansOf = (text: string) =>
  follow(text).events.map(({ timestamp, durationSeconds }) =>
    [timestamp, timestamp + durationSeconds].map((time) => Math.round(time * 10)),
  );

test.each([
  { text: '..xxxx..', spans: [[2, 6]], title: 'what holds for a while' },
  { text: 'xxx', spans: [[0, 3]], title: 'from the beginning to the end' },
  { text: 'xx....xx', spans: [], title: 'what is too short' },
  { text: 'xx..xx', spans: [[0, 6]], title: 'what pauses for as long as the gap' },
  {
    text: '..xxx..xxx',
    spans: [[2, 10]],
    title: 'a pause as long as the gap, in seconds that are not exact',
  },
  {
    text: 'xxx...xxx',
    spans: [
      [0, 3],
      [6, 9],
    ],
    title: 'what pauses for longer',
  },
  { text: '', spans: [], title: 'nothing' },
])('makes events of $title', ({ text, spans }) => {
  expect(spansOf(text)).toEqual(spans);
});

test('has the mean of the values, and adds up the seconds', () => {
  const { events, tracker } = follow('xxx.....xxxxx');
  expect(events.map(({ values }) => values['darkness'])).toEqual(
    [1, 10].map((mean) => expect.closeTo(mean, 9)),
  );
  expect(tracker.totalSeconds).toBeCloseTo(0.8, 9);
});

test('adds up what held, not the gaps that an event bridges', () => {
  const { events, tracker } = follow('xx.xx.xx.....xx');
  expect(events).toMatchObject([{ durationSeconds: expect.closeTo(0.8, 9) }]);
  expect(tracker.totalSeconds).toBeCloseTo(0.6, 9);
});

test('events alternate with pauses longer than the gap, and are long enough', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('x', '.'), maxLength: 60 }), (text) => {
      const { events } = follow(text);
      for (const [i, { timestamp, durationSeconds }] of events.entries()) {
        expect(durationSeconds).toBeGreaterThan(limits.leastSeconds - 1e-6);
        const before = events[i - 1];
        if (before)
          expect(timestamp - before.timestamp - before.durationSeconds).toBeGreaterThan(limits.gapSeconds);
      }
    }),
  );
});

test('time that jumps back ends an event and makes none of negative length', () => {
  const tracker = new EventTracker('black', { leastSeconds: 0, gapSeconds: 0 });
  const at = (timestamp: number) => ({ source: 'made', timestamp, durationSeconds: 1 });
  const events = [...tracker.add(at(5), {}), ...tracker.add(at(2), {}), ...tracker.finish('made')];
  expect(events).toMatchObject([
    { timestamp: 5, durationSeconds: 1 },
    { timestamp: 2, durationSeconds: 1 },
  ]);
});
