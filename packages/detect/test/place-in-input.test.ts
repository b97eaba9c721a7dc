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

test('half a pixel of a centred letterbox goes to the even side, as with Python, in which the reference is written', () => {
  const halved = (height: number) =>
    placeInInput({ width: 1280, height }, { width: 640, height: 640 }, 'letterbox-centre');
  expect(halved(533)).toMatchObject({ width: 640, height: 266, top: 187 }); // round(266.5)
  expect(halved(535)).toMatchObject({ width: 640, height: 268, top: 186 }); // round(267.5)
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
const inputSide = fc.integer({ min: 32, max: 1280 });
const fit = fc.constantFrom('letterbox-top-left', 'letterbox-centre', 'stretch');

test('the picture lies within the input, and fills it in one direction at least', () => {
  fc.assert(
    fc.property(side, side, inputSide, inputSide, fit, (width, height, inputWidth, inputHeight, how) => {
      const placement = placeInInput({ width, height }, { width: inputWidth, height: inputHeight }, how);
      const { left, top } = placement;
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(left + placement.width).toBeLessThanOrEqual(inputWidth);
      expect(top + placement.height).toBeLessThanOrEqual(inputHeight);
      expect(placement.width === inputWidth || placement.height === inputHeight).toBe(true);
    }),
  );
});

test('any region of the picture goes to the input and back unchanged, by every fit', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const size = fc.record({ width: side, height: side });
  const input = fc.record({ width: inputSide, height: inputSide });
  fc.assert(
    fc.property(size, input, fit, fc.tuple(share, share, share, share), (picture, network, how, shares) => {
      const placement = placeInInput(picture, network, how);
      const { left, top, scaleX, scaleY } = placement;
      const [x1, x2] = [shares[0] * picture.width, shares[1] * picture.width].toSorted((a, b) => a - b);
      const [y1, y2] = [shares[2] * picture.height, shares[3] * picture.height].toSorted((a, b) => a - b);
      const region = { x: x1!, y: y1!, width: x2! - x1!, height: y2! - y1! }; // two of each
      fc.pre(region.width > 1e-6 && region.height > 1e-6);
      const back = regionOf(
        {
          left: x1! * scaleX + left,
          top: y1! * scaleY + top,
          right: x2! * scaleX + left,
          bottom: y2! * scaleY + top,
        },
        placement,
        picture,
      );
      for (const key of ['x', 'y', 'width', 'height'] as const)
        expect(Math.abs((back?.[key] ?? Number.NaN) - region[key])).toBeLessThan(1e-6);
    }),
  );
});

test('whatever box a network gives, its region lies in the picture', () => {
  const edge = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -100, max: 500, noNaN: true }));
  const box = fc.record({ left: edge, top: edge, right: edge, bottom: edge });
  const size = fc.record({ width: side, height: side });
  fc.assert(
    fc.property(size, box, fit, (picture, given, how) => {
      const region = regionOf(given, placeInInput(picture, square, how), picture);
      if (!region) return;
      expect(Math.min(region.x, region.y)).toBeGreaterThanOrEqual(0);
      expect(Math.min(region.width, region.height)).toBeGreaterThan(0);
      expect(region.x + region.width).toBeLessThanOrEqual(picture.width * (1 + 1e-12));
      expect(region.y + region.height).toBeLessThanOrEqual(picture.height * (1 + 1e-12));
    }),
  );
});
