import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeInInput, regionOf } from '../src/place-in-input.js';

const square = { width: 416, height: 416 };

test('a letterbox keeps the proportions', () => {
  const wide = { width: 640, height: 427 };
  expect(placeInInput(wide, square, 'letterbox-top-left')).toEqual({
    width: 416,
    height: 277,
    left: 0,
    top: 0,
    scaleX: 0.65,
    scaleY: 0.65,
  });
  expect(placeInInput(wide, square, 'letterbox-centre')).toMatchObject({ height: 278, left: 0, top: 69 });
});

test('an odd border is wider at the end', () => {
  expect(placeInInput({ width: 640, height: 426 }, square, 'letterbox-centre')).toMatchObject({
    height: 277,
    top: 69,
  });
});

test('stretching fills the input', () => {
  expect(placeInInput({ width: 208, height: 832 }, square, 'stretch')).toEqual({
    ...square,
    left: 0,
    top: 0,
    scaleX: 2,
    scaleY: 0.5,
  });
});

test('a picture of extreme shape keeps a pixel', () => {
  expect(placeInInput({ width: 1, height: 5000 }, square, 'letterbox-top-left')).toMatchObject({
    width: 1,
    height: 416,
  });
});

test('boxes are clipped to the picture, and dropped where nothing of them lies in it', () => {
  const picture = { width: 832, height: 416 };
  const placement = placeInInput(picture, square, 'letterbox-centre');
  const region = (left: number, top: number, right: number, bottom: number) =>
    regionOf({ left, top, right, bottom }, placement, picture);
  expect(region(-10, 100, 20, 1000)).toEqual({ x: 0, y: 0, width: 40, height: 416 });
  expect(region(0, 0, 416, 104)).toBeUndefined(); // the border
  expect(region(416, 110, 500, 120)).toBeUndefined();
  expect(region(20, 110, 10, 120)).toBeUndefined();
  expect(region(10, 110, 10, 120)).toBeUndefined();
  expect(region(10, 110, 10.5, 110.5)).toEqual({ x: 20, y: 12, width: 1, height: 1 });
});

const side = fc.integer({ min: 1, max: 4000 });

test('a box goes to the input and back unchanged, by every fit, and the picture lies within the input', () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 32, max: 1280 }),
      fc.constantFrom('letterbox-top-left', 'letterbox-centre', 'stretch'),
      (width, height, input, fit) => {
        const placement = placeInInput({ width, height }, { width: input, height: input }, fit);
        const { left, top, scaleX, scaleY } = placement;
        expect(left + placement.width).toBeLessThanOrEqual(input);
        expect(top + placement.height).toBeLessThanOrEqual(input);
        const box = { x: width / 4, y: height / 8, width: width / 2, height: height / 2 };
        const back = regionOf(
          {
            left: box.x * scaleX + left,
            top: box.y * scaleY + top,
            right: (box.x + box.width) * scaleX + left,
            bottom: (box.y + box.height) * scaleY + top,
          },
          placement,
          { width, height },
        );
        for (const key of ['x', 'y', 'width', 'height'] as const)
          expect(back?.[key]).toBeCloseTo(box[key], 6);
      },
    ),
  );
});
