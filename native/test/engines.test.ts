import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COLOURS, describeBuilt, dist, isWrapped, makeTexts, run, tiny } from './native-ffmpeg.js';

const torchTower = fileURLToPath(new URL('models/clap_audio_model.pt', import.meta.url));

/** Its libraries cannot be taken away. */
const whatWraps = isWrapped ? 'a wrapped build brings its own libraries' : undefined;

describeBuilt(
  'a runtime that is not there',
  ['openvino', 'torch'],
  () => {
    let made: Awaited<ReturnType<typeof makeTexts>>;
    beforeAll(async () => {
      made = await makeTexts();
    });
    afterAll(() => made.remove());

    /** What ffmpeg says, in a build of which one library was taken away, or is another file. */
    const tell = async (library: string, filter: string, { content = '' } = {}) => {
      const place = await mkdtemp(join(tmpdir(), 'native-build-'));
      try {
        await Promise.all(['bin', 'lib'].map((name) => mkdir(join(place, name))));
        const program = join(place, 'bin', 'ffmpeg');
        await copyFile(join(dist, 'bin', 'ffmpeg'), program); // not a link: libraries are looked for beside the file itself
        for (const name of await readdir(join(dist, 'lib')))
          if (name !== library) await symlink(join(dist, 'lib', name), join(place, 'lib', name));
        if (content !== '') await writeFile(join(place, 'lib', library), content);
        const kind = filter.startsWith('clap') ? ['anoisesrc=d=1', '-af'] : ['color=s=64x64:d=1:r=1', '-vf'];
        return await run(['-f', 'lavfi', '-i', ...kind, filter, '-f', 'null', '-'], program);
      } finally {
        await rm(place, { recursive: true });
      }
    };

    test('is told with the option of the build that leaves it out', async () => {
      const colours = await made.make('clip', 'colours', COLOURS);
      const sounds = await made.make('clap', 'sounds', ['noise', 'music']);
      const seeing = `clip=model=${tiny.clip}:texts=${colours}`;
      const openvino = await tell('libdeepffmpeg_openvino.so', seeing);
      expect(openvino.code).not.toBe(0);
      expect(openvino.stderr).toMatch(
        /option engine: this build has no openvino \(.*\): build it again without --without-openvino/,
      );
      const torch = await tell('libdeepffmpeg_torch.so', `clap=model=${torchTower}:texts=${sounds}`);
      expect(torch.code).not.toBe(0);
      expect(torch.stderr).toMatch(
        /option engine: this build has no torch \(.*\): build it again without --without-libtorch/,
      );
      expect((await tell('libdeepffmpeg_torch.so', seeing)).code).toBe(0);
    });

    test('because it cannot be loaded, is told with the reason', async () => {
      const colours = await made.make('clip', 'colours', COLOURS);
      const seeing = `clip=model=${tiny.clip}:texts=${colours}`;
      const { code, stderr } = await tell('libdeepffmpeg_openvino.so', seeing, { content: 'no library' });
      expect(code).not.toBe(0);
      expect(stderr).toMatch(
        /option engine: openvino cannot be loaded: .*(file too short|invalid ELF header)/,
      );
    });
  },
  whatWraps,
);
