import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { readPicture, stills } from '../src/index.js';

/** A picture whose left half is one colour and whose right half is another. */
function halves(left: readonly number[], right: readonly number[], { width = 4, height = 2 } = {}) {
  const row = Array.from({ length: width }, (_, x) => (x < width / 2 ? left : right)).flat();
  const data = Buffer.from(Array.from({ length: height }, () => row).flat());
  const channels = left.length as 1 | 2 | 3 | 4; // that is what sharp's type wants
  return sharp(data, { raw: { width, height, channels } });
}

const red = [255, 0, 0];
const blue = [0, 0, 255];
const pixels = (data: Uint8Array) => [[...data.slice(0, 3)], [...data.slice(-3)]];

test.each(['png', 'webp', 'avif', 'gif', 'tiff', 'jpeg'] as const)('reads %s as RGB24', async (format) => {
  const source = halves(red, blue, { width: 32, height: 16 });
  const options = format === 'tiff' ? { compression: 'none' } : { quality: 100, lossless: true };
  const { width, height, data } = await readPicture(
    await source.toFormat(format, options as object).toBuffer(),
  );
  expect([width, height, data.length]).toEqual([32, 16, 32 * 16 * 3]);
  const difference = [...red, ...blue].map((value, i) =>
    Math.abs(value - (pixels(data).flat()[i] ?? Number.NaN)),
  );
  expect(Math.max(...difference)).toBeLessThanOrEqual(4);
});

test('stands it upright by its EXIF orientation', async () => {
  const turned = await halves(red, blue).withMetadata({ orientation: 6 }).png().toBuffer();
  const { width, height, data } = await readPicture(turned);
  expect([width, height]).toEqual([2, 4]);
  expect(pixels(data)).toEqual([red, blue]); // what was left is on top
});

test('lays transparency over the background', async () => {
  const glass = await halves([255, 0, 0, 255], [255, 0, 0, 0]).png().toBuffer();
  expect(pixels((await readPicture(glass)).data)).toEqual([red, [255, 255, 255]]);
  expect(pixels((await readPicture(glass, { background: '#00ff00' })).data)).toEqual([red, [0, 255, 0]]);
  const smoked = await halves([0, 0, 0, 255], [0, 0, 0, 128]).png().toBuffer();
  expect(pixels((await readPicture(smoked)).data)[1]).toEqual([127, 127, 127]);
  const greyGlass = await halves([0, 255], [0, 0]).png().toBuffer();
  expect(pixels((await readPicture(greyGlass)).data)).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ]);
});

test.each([
  ['8', 'b-w', new Uint8Array([100, 255, 100, 0])],
  ['16', 'grey16', new Uint16Array([0x64ff, 0xffff, 0x64ff, 0])],
] as const)('lays grey of %s bits over a background of a colour', async (_, space, values) => {
  const glass = sharp(values, { raw: { width: 2, height: 1, channels: 2 } }).toColourspace(space);
  const content = await glass.png().toBuffer();
  expect(await sharp(content).metadata()).toMatchObject({ space, channels: 2 });
  expect(pixels((await readPicture(content, { background: 'blue' })).data)).toEqual([[100, 100, 100], blue]);
});

test('repeats grey', async () => {
  const grey = await halves([10], [200]).png().toBuffer();
  expect(pixels((await readPicture(grey)).data)).toEqual([
    [10, 10, 10],
    [200, 200, 200],
  ]);
});

test('keeps the upper 8 of 16 bits, with colour and without', async () => {
  const wide = (values: readonly number[], channels: 1 | 3) =>
    sharp(Uint16Array.from(values), { raw: { width: 2, height: 1, channels } });
  const colour = await wide([0x12ff, 0x80ff, 0xff00, 0, 0x00ff, 0xffff], 3)
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  expect((await sharp(colour).metadata()).depth).toBe('ushort');
  expect(pixels((await readPicture(colour)).data)).toEqual([
    [0x12, 0x80, 0xff],
    [0, 0, 0xff],
  ]);
  const grey = await wide([0x12ff, 0xfeff], 1).toColourspace('grey16').png().toBuffer();
  expect((await sharp(grey).metadata()).depth).toBe('ushort');
  expect(pixels((await readPicture(grey)).data)).toEqual([Array(3).fill(0x12), Array(3).fill(0xfe)]);
});

test('turns CMYK into sRGB', async () => {
  const printed = await halves(red, [255, 255, 255], { width: 32, height: 32 })
    .toColourspace('cmyk')
    .jpeg({ quality: 100 })
    .toBuffer();
  expect((await sharp(printed).metadata()).space).toBe('cmyk');
  const [first = [], last = []] = pixels((await readPicture(printed)).data);
  expect(first[0]).toBeGreaterThan(180);
  expect(first[1]).toBeLessThan(80);
  expect(Math.min(...last)).toBeGreaterThan(245);
});

test('ignores an embedded colour profile', async () => {
  const plain = await halves([200, 100, 50], [50, 100, 200]).png().toBuffer();
  const profiled = await sharp(plain).withIccProfile('p3').png().toBuffer();
  const stored = await sharp(profiled, { ignoreIcc: true }).raw().toBuffer();
  expect(stored).not.toEqual(await sharp(plain).raw().toBuffer()); // the profile did change what is stored
  expect(Buffer.from((await readPicture(profiled)).data)).toEqual(stored);
});

test('takes the first frame of an animation', async () => {
  const frames = Buffer.from([...Array(8).fill(red), ...Array(8).fill(blue)].flat());
  for (const format of ['gif', 'webp'] as const) {
    const animated = await sharp(frames, { raw: { width: 4, height: 4, channels: 3, pageHeight: 2 } })
      .toFormat(format, { lossless: true, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(animated, { pages: -1 }).metadata()).pages).toBe(2);
    const onAnimation = vi.fn();
    const { width, height, data } = await readPicture(animated, { onAnimation });
    expect(onAnimation.mock.calls).toEqual([[2]]);
    expect([width, height]).toEqual([4, 2]);
    expect(pixels(data)).toEqual([red, red]);
  }
});

async function write(content: string | Uint8Array, name = 'picture.png') {
  const path = join(await makeTemporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

test.each(['png', 'jpeg', 'webp', 'gif'] as const)(
  'a %s that breaks off is an error that names the file',
  async (format) => {
    const noise = sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    });
    const whole = await noise.toFormat(format).toBuffer();
    const path = await write(whole.subarray(0, Math.floor(whole.length * 0.6)));
    await expect(readPicture(path)).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: expect.stringContaining(path),
    });
  },
);

test.each([
  { title: 'text', content: 'no picture' },
  { title: 'nothing', content: '' },
  { title: 'a head without a body', content: Buffer.from('\x89PNG\r\n\x1a\nxxxxxxxxxxxx', 'latin1') },
  { title: 'a drawing, which could name other files', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
])('refuses $title', async ({ content }) => {
  await expect(readPicture(await write(content))).rejects.toMatchObject({ code: 'ERR_INPUT' });
});

test('a damaged PNG is an error', async () => {
  const whole = await halves(red, blue, { width: 64, height: 64 }).png({ compressionLevel: 0 }).toBuffer();
  const damaged = Buffer.from(whole.map((byte, i) => (i > 100 && i < 200 ? byte ^ 0x55 : byte)));
  await expect(readPicture(await write(damaged))).rejects.toMatchObject({ code: 'ERR_INPUT' });
});

test('refuses what cannot be opened, and names that mean something to libvips only', async () => {
  await expect(readPicture('/nowhere/cat.png')).rejects.toMatchObject({ code: 'ERR_INPUT' });
  await expect(readPicture(await makeTemporaryFolder())).rejects.toMatchObject({ code: 'ERR_INPUT' });
  const path = await write(await halves(red, blue).png().toBuffer(), 'a %d [page=2] "quoted" -dash.png');
  expect((await readPicture(path)).width).toBe(4);
});

test('an abort ends the wait', async () => {
  const path = await write(await halves(red, blue).png().toBuffer());
  await expect(readPicture(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  const content = await halves(red, blue, { width: 2000, height: 2000 }).png().toBuffer();
  const controller = new AbortController();
  const reading = readPicture(content, { signal: controller.signal });
  setImmediate(() => controller.abort());
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

test('gives stills as frames of no duration, each an input of its own', async () => {
  const paths = [
    await write(await halves(red, red).png().toBuffer()),
    await write(await halves(blue, blue).png().toBuffer()),
  ];
  const frames = await collect(stills(paths));
  expect(frames).toMatchObject(
    paths.map((source) => ({
      type: 'video-frame',
      source,
      tap: 'still',
      index: 0,
      timestamp: 0,
      durationSeconds: 0,
      width: 4,
    })),
  );
  expect(frames.map(({ data }) => pixels(data)[0])).toEqual([red, blue]);
});

test('a still that has no path goes by the name it is given', async () => {
  const content = await halves(red, blue).png().toBuffer();
  const [frame] = await collect(stills([{ source: 'stdin', content }]));
  expect(frame).toMatchObject({ source: 'stdin', tap: 'still', width: 4, height: 2 });
  const cut = { source: 'http://host/a.png', content: content.subarray(0, 40) };
  await expect(collect(stills([cut]))).rejects.toThrow(
    /^http:\/\/host\/a\.png cannot be read as a picture: /,
  );
});

test('refuses one picture in place of a list, whose letters would each be a path', async () => {
  const refused = { code: 'ERR_INVALID_OPTIONS', message: expect.stringMatching(/^pictures: .*\[path\]/) };
  await expect(collect(stills('photo.jpg'))).rejects.toMatchObject(refused);
  const content: unknown = new Uint8Array(8);
  await expect(collect(stills(content as string[]))).rejects.toMatchObject(refused);
});

test.each([
  ['bytes alone', new Uint8Array(8), 'got an object of type Uint8Array'],
  ['another object', { path: 'photo.jpg' }, "got { path: 'photo.jpg' }"],
])('says what a list of pictures holds: not %s', async (_title, picture: unknown, came) => {
  await expect(collect(stills([picture as string]))).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: `pictures: expected paths and { source, content }, ${came}`,
  });
});
