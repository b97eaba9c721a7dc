import { expect, test } from 'vitest';
import { leadingShares, summedShares } from '../../src/report/leading-shares.js';

const span = (start: number, end: number, label: string, strength = 0.5) => ({ start, end, label, strength });

test('measures on the finest lane, and names what only others have', () => {
  const windows = [span(0, 10, 'circle'), span(10, 15, 'star')];
  const segments = [span(0, 3, 'circle'), span(3, 6, 'square'), span(6, 15, 'triangle')];
  expect(leadingShares([windows, segments])).toEqual([
    { label: 'triangle', share: 0.6 },
    { label: 'circle', share: 0.2 },
    { label: 'square', share: 0.2 },
    { label: 'star', share: 0 },
  ]);
});

test('has the strongest of those that hold lead, and none where none does', () => {
  const shares = leadingShares([[span(0, 20, 'x')], [span(0, 10, 'weak', 0.3), span(4, 6, 'strong', 0.9)]]);
  expect(shares).toEqual([
    { label: 'weak', share: 0.4 },
    { label: 'strong', share: 0.1 },
    { label: 'x', share: 0 },
  ]);
});

test('counts from where the first part begins, and takes nothing for nothing', () => {
  expect(leadingShares([[span(100, 104, 'a')]])).toEqual([{ label: 'a', share: 1 }]);
  expect([leadingShares([]), leadingShares([[]]), summedShares([])]).toEqual([[], [], []]);
  expect(leadingShares([[span(3, 3, 'a')]])).toEqual([{ label: 'a', share: 0 }]);
});

test('adds up what holds at one time', () => {
  expect(summedShares([span(0, 3, 'bird'), span(0, 3, 'rabbit'), span(4, 6, 'bird')])).toEqual([
    { label: 'bird', share: 0.625 },
    { label: 'rabbit', share: 0.375 },
  ]);
});
