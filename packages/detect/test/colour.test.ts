import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseColour, plateFor } from '../src/colour.js';

test('reads names and hexadecimal colours, with or without transparency', () => {
  const [red, green] = [
    { red: 255, green: 0, blue: 0, alpha: 255 },
    { red: 0, green: 128, blue: 0, alpha: 255 },
  ];
  expect(['red', 'Red', '#ff0000', '#F00'].map(parseColour)).toEqual([red, red, red, red]);
  expect(parseColour('green')).toEqual(green);
  expect(parseColour('#01020380')).toEqual({ red: 1, green: 2, blue: 3, alpha: 128 });
  expect(parseColour('rebeccapurple')).toEqual({ red: 102, green: 51, blue: 153, alpha: 255 });
});

test.each(['', 'rad', '#ff00', '#12345', '#ff00zz', 'constructor', ' red', 'red;x'])(
  'takes no %j',
  (text) => {
    if (text === '#ff00') expect(parseColour(text)).toMatchObject({ alpha: 0 });
    else expect(parseColour(text)).toBeUndefined();
  },
);

test('text of any colour stands out from its plate by 4.5 : 1', () => {
  const level = fc.integer({ min: 0, max: 255 });
  const luminance = (levels: readonly number[]) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
      const value = levels[i]! / 255; // three of each
      return sum + share * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0.05);
  fc.assert(
    fc.property(level, level, level, (red, green, blue) => {
      const plate = plateFor({ red, green, blue, alpha: 255 });
      const both = [luminance([red, green, blue]), luminance([plate.red, plate.green, plate.blue])];
      expect(Math.max(...both) / Math.min(...both)).toBeGreaterThan(4.5);
    }),
  );
  expect(plateFor({ red: 255, green: 255, blue: 0, alpha: 255 })).toMatchObject({
    red: 0,
    green: 0,
    blue: 0,
  });
  expect(plateFor({ red: 0, green: 0, blue: 128, alpha: 255 })).toMatchObject({ red: 255 });
});
