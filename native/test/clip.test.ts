import { readFile, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  COLOURS,
  describeBuilt,
  makeTexts,
  printed,
  rounded,
  run,
  shownBoxes,
  tiny,
} from './native-ffmpeg.js';

const RED_THEN_BLUE = 'color=red:s=96x96:r=2:d=1[a];color=blue:s=96x96:r=2:d=1[b];[a][b]concat';

describeBuilt('clip', ['openvino'], () => {
  let made: Awaited<ReturnType<typeof makeTexts>>;
  let texts: string;
  let clip: (options?: string) => string;
  beforeAll(async () => {
    made = await makeTexts();
    texts = await made.make('clip', 'colours', COLOURS);
    clip = (options = '') => `clip=model=${tiny.clip}:texts=${texts}${options}`;
  });
  afterAll(() => made.remove());

  test('writes what it sees into the metadata of each frame', async () => {
    const seen = await printed(RED_THEN_BLUE, clip(':confidence=0.01:temperature=6'));
    await expect(rounded(seen)).toMatchFileSnapshot('expected/clip-labels.txt');
  });

  test('writes all numbers where that is asked for, and reports as many as wanted', async () => {
    const seen = await printed('color=green:s=64x64:r=1:d=1', clip(':all=1:top=1:confidence=0'));
    expect(seen).toMatch(/^lavfi\.clip\.0\.label=green$/m);
    expect(seen).not.toMatch(/clip\.1/);
    const [probabilities, similarities] = ['probabilities', 'similarities'].map(
      (key) => new RegExp(`clip\\.${key}=(.*)`).exec(seen)?.[1]?.split(' ').map(Number) ?? [],
    );
    expect(probabilities).toHaveLength(COLOURS.length);
    expect(similarities).toHaveLength(COLOURS.length);
    expect(probabilities!.reduce((a, b) => a + b)).toBeCloseTo(1, 5); // both are there
  });

  test('reports one category of each unit, in the order of units', async () => {
    const groups = [
      {
        name: 'Light',
        labels: [
          { label: 'Dark', sentences: ['dark', 'black'] },
          { label: 'Bright', sentences: ['bright', 'white'] },
        ],
      },
      {
        name: 'Colour',
        labels: [
          { label: 'Warm', sentences: ['red', 'yellow'] },
          { label: 'Cold', sentences: ['blue'] },
        ],
      },
    ];
    const path = await made.make('clip', 'categories', { name: 'test', kind: 'categories', groups });
    const seen = await printed(
      'color=blue:s=64x64:r=1:d=1',
      `clip=model=${tiny.clip}:texts=${path}:confidence=0:temperature=6`,
    );
    await expect(rounded(seen)).toMatchFileSnapshot('expected/clip-categories.txt');
  });

  test('a batch changes nothing, and loses no frame at the end', async () => {
    const source = 'testsrc2=s=120x80:r=10:d=1.7';
    const one = await printed(source, clip(':all=1'));
    for (const batch of [4, 64])
      expect(rounded(await printed(source, clip(`:all=1:batch=${batch}`)))).toBe(rounded(one));
    expect(one.match(/^frame:/gm)).toHaveLength(17);
  });

  test('frames are left alone while the filter is disabled, and keep their order', async () => {
    const seen = await printed(
      'testsrc2=s=64x64:r=5:d=2',
      `${clip(":batch=3:enable='not(between(t,0.5,1.1))'")},metadata=add:key=x:value=1`,
    );
    const frames = seen.split(/^frame:.*pts:/m).slice(1);
    expect(frames.map((frame) => Number.parseInt(frame, 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(frames.map((frame) => frame.includes('lavfi.clip'))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  test('sizes and formats of all kinds are taken, and changes on the way', async () => {
    for (const format of [
      'gray',
      'rgba',
      'yuv444p10le',
      'nv12',
      'gbrp',
      'yuv410p',
      'yuyv422',
      'p010le',
      'ya8',
    ])
      expect(
        await printed('color=red:s=61x33:r=1:d=1', `format=${format},${clip(':confidence=0')}`),
      ).toContain('clip.0.label');
    for (const size of ['16x16', '2x300', '1000x3', '1x1'])
      expect(
        await printed(`color=red:s=${size}:r=1:d=1`, `format=yuv420p,${clip(':confidence=0')}`),
      ).toContain('clip.0.label');
    const changing = `scale=w='if(lt(n,2),64,90)':h=50:eval=frame,${clip(':confidence=0:batch=2')}`;
    expect((await printed('color=red:s=61x33:r=4:d=1', changing)).match(/clip.0.label=red/g)).toHaveLength(4);
  });

  test('colours are those of the frame, by its own matrix and range', async () => {
    const similarities = async (filters: string) => {
      const source = 'color=0x208040:s=64x64:r=1:d=1';
      const seen = await printed(source, `format=gbrp,${filters},${clip(':all=1')}`);
      return /similarities=(.*)/.exec(seen)?.[1]?.split(' ').map(Number) ?? [];
    };
    const exact = await similarities('format=rgb24');
    for (const [matrix, range] of [
      ['bt709', 'tv'],
      ['bt601', 'tv'],
      ['bt709', 'pc'],
      ['bt2020', 'tv'],
    ]) {
      const found = await similarities(`scale=out_color_matrix=${matrix}:out_range=${range},format=yuv444p`);
      for (const [i, similarity] of found.entries())
        expect(Math.abs(similarity - exact[i]!)).toBeLessThan(0.002); // as many
    }
  });

  describe('side data', () => {
    const RED = 'color=red:s=200x100:r=1:d=1';
    const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
    const pixels = async (filters: string) => {
      const path = made.path('pixels.rgb');
      const input = lavfi(RED);
      await run([...input, '-vf', filters, '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-y', path]);
      return readFile(path);
    };

    test('classifications of a whole frame go into a box of its size', async () => {
      const shown = await shownBoxes(lavfi(RED_THEN_BLUE), clip(':confidence=0.01:temperature=6'));
      await expect(shown.replaceAll(/(\d+)\d\d\/10000/g, '$1/100')).toMatchFileSnapshot(
        'expected/clip-side-data.txt',
      );
    });

    test('a batch has them at each frame, a second model adds its own, a frame without labels has no box', async () => {
      const two = `${clip(':batch=3:top=1')},${clip(':top=1')}`;
      const shown = await shownBoxes(lavfi(RED_THEN_BLUE), two);
      expect(shown.match(/label: (?=.)[a-z]+/g)).toEqual(
        ['red', 'red', 'red', 'red', 'blue', 'blue', 'blue', 'blue'].map((label) => `label: ${label}`),
      );
      expect(shown.match(/^index: /gm)).toHaveLength(4);
      const none = await shownBoxes(lavfi(RED_THEN_BLUE), clip(':confidence=1:temperature=6'));
      expect(none).not.toContain('source');
    });

    test('a label is cut before the character that has no room', async () => {
      const long = `${'r'.repeat(62)}é and more`;
      const path = await made.make('clip', 'long', [long, 'blue']);
      const filter = `clip=model=${tiny.clip}:texts=${path}:confidence=0`;
      const shown = await shownBoxes(lavfi('color=red:s=64x64:r=1:d=1'), filter);
      expect(shown).toContain(`label: ${'r'.repeat(62)}, confidence`);
    });

    test('is drawn as the labels and nothing else, at the top left', async () => {
      const style = 'fontcolor=yellow:fontsize=20:expansion=none';
      const seen = clip(':confidence=0.01:temperature=6:top=2');
      const drawn = await pixels(`${seen},drawtext=text_source=side_data_detection_bboxes:${style}`);
      const labels = [...(await printed(RED, seen)).matchAll(/label=(.*)/g)].map(([, label]) => label);
      expect(labels).toEqual(['red', expect.any(String)]);
      expect(drawn.equals(await pixels(`drawtext=text='${labels.join(', ')}':x=0:y=0:${style}`))).toBe(true);
      expect(drawn.equals(await pixels('null'))).toBe(false);
      const boxed = await pixels(`${seen},drawbox=box_source=side_data_detection_bboxes:color=white`);
      expect(boxed.equals(await pixels('drawbox=0:0:200:100:white'))).toBe(true);
    });

    test('is not counted beside the metadata, and no part for those who look at parts', async () => {
      const csv = made.path('once.csv');
      const graph = `${clip(':top=1')},${clip(':boxes=1')},avgclass=output_file=${csv}`;
      const { code } = await run([...lavfi(RED_THEN_BLUE), '-vf', graph, '-f', 'null', '-']);
      expect(code).toBe(0);
      const counts = (await readFile(csv, 'utf8')).replaceAll(/[01]\.\d+/g, 'P');
      expect(counts).toBe('stream_id,label,avg_probability,count\n0,red,P,2\n0,blue,P,2\n');
    });
  });

  test('what an earlier one wrote does not stay beside its own', async () => {
    const labels = (shown: string) => shown.match(/^lavfi\.clip.*(?==)/gm);
    const [first, second] = [':confidence=0:top=4:all=1', ':confidence=0:top=1'].map(clip);
    const source = 'color=red:s=64x64:r=1:d=1';
    expect(labels(await printed(source, `${first},${second}`))).toEqual([
      'lavfi.clip.0.label',
      'lavfi.clip.0.probability',
    ]);
    expect(labels(await printed(source, `${first},${clip(':confidence=1:temperature=6')}`))).toBeNull();
  });

  test('a runtime is no path', async () => {
    const graph = clip(':engine=x/../openvino');
    await expect(printed('color=red:s=64x64:r=1:d=1', graph)).rejects.toThrow(
      'option engine: x/../openvino is not known',
    );
  });

  test('temperature and scale of the file give way to options', async () => {
    const highest = async (options: string) =>
      Number(
        /0\.probability=(.*)/.exec(
          await printed('color=red:s=64x64:r=1:d=1', clip(`:confidence=0${options}`)),
        )?.[1],
      );
    const [plain, flat, scaled] = [
      await highest(''),
      await highest(':temperature=20'),
      await highest(':logit_scale=0.001'),
    ];
    expect(plain).toBeGreaterThan(0.9);
    expect(flat).toBeLessThan(0.9);
    expect(scaled).toBeCloseTo(1 / COLOURS.length, 3);
  });

  describe('tells by the name of the option', () => {
    const failing = async (filter: string) => {
      const { code, stderr } = await run([
        '-f',
        'lavfi',
        '-i',
        'color=red:s=64x64:r=1:d=1',
        '-vf',
        filter,
        '-f',
        'null',
        '-',
      ]);
      expect(code).not.toBe(0);
      return stderr;
    };
    test('what is not set', async () => {
      expect(await failing(`clip=texts=${texts}`)).toContain('option model must be set');
      expect(await failing(`clip=model=${tiny.clip}`)).toContain('option texts must be set');
    });
    test('a file that is not there, or a folder', async () => {
      expect(await failing(`clip=model=${tiny.clip}:texts=/nowhere`)).toMatch(
        /option texts: \/nowhere cannot be read: No such file/,
      );
      expect(await failing(`clip=model=${tiny.clip}:texts=/tmp`)).toMatch(
        /option texts: \/tmp cannot be read/,
      );
      expect(await failing(`clip=model=/nowhere.onnx:texts=${texts}`)).toMatch(
        /option model: \/nowhere.onnx cannot be read/,
      );
    });
    test('a file of another kind', async () => {
      expect(await failing(`clip=model=${tiny.clip}:texts=${tiny.clip}`)).toContain('option texts');
      expect(await failing(`clip=model=${texts}:texts=${texts}`)).toContain('set the option engine');
      expect(await failing(`clip=model=${texts}:engine=openvino:texts=${texts}`)).toContain('option model');
      expect(await failing(`clip=model=${tiny.clip}:engine=cobalt:texts=${texts}`)).toContain(
        'option engine: cobalt is not known: torch, openvino or auto was expected',
      );
    });
    test('texts that were cut off, or are for sound', async () => {
      const cut = made.path('cut');
      await writeFile(cut, await readFile(texts));
      await truncate(cut, (await readFile(cut)).length - 1);
      expect(await failing(`clip=model=${tiny.clip}:texts=${cut}`)).toContain('it was cut off');
      await truncate(cut, 60);
      expect(await failing(`clip=model=${tiny.clip}:texts=${cut}`)).toContain('ends in its header');
      const sounds = await made.make('clap', 'sounds', ['noise', 'a tone']);
      expect(await failing(`clip=model=${tiny.clip}:texts=${sounds}`)).toContain('is for sound');
    });
    test.each([
      ['dimension 32', 'dimension 16', 'bytes of embeddings'],
      ['scale ', 'scale x', 'is not as expected'],
      ['width 64', 'width 0', 'is not as expected'],
      ['std ', 'std 0 ', 'is not as expected'],
      ['kernel bicubic', 'kernel cubic', 'is not as expected'],
      ['medium video', 'medium smell', 'is not as expected'],
    ])('a head that is wrong: %s', async (before, after, message) => {
      const bytes = (await readFile(texts)).toString('latin1');
      const line = new RegExp(`^${before.split(' ')[0]} .*$`, 'm');
      const changed = made.path('changed');
      await writeFile(changed, bytes.replace(line, after), 'latin1');
      expect(await failing(`clip=model=${tiny.clip}:texts=${changed}`)).toContain(message);
    });
    test('a model that belongs to other texts', async () => {
      expect(await failing(`clip=model=${tiny.clap}:texts=${texts}`)).toContain('option model');
      const bytes = (await readFile(texts)).toString('latin1');
      const rows = made.path('rows');
      const half = bytes.replace(/^dimension (\d+)$/m, (_, size) => `dimension ${size / 2}`);
      const numbers = (bytes.length - bytes.indexOf('\n\n') - 2) / 2;
      await writeFile(rows, half.slice(0, half.indexOf('\n\n') + 2 + numbers), 'latin1');
      expect(await failing(`clip=model=${tiny.clip}:texts=${rows}`)).toContain(
        'do model and texts belong together?',
      );
    });
  });
});
