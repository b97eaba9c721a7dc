import { MediaError, type PictureSize } from '@deepffmpeg/core';
import { type ModelFolder, readModelFile } from '@deepffmpeg/models';
import * as z from 'zod';
import type { PicturePreprocessing } from './clip-model.js';

const side = z.int().min(1).max(4096);
const sides = z.union(
  [side, z.object({ shortest_edge: side }), z.object({ height: side, width: side })],
  'expected a number, { shortest_edge } or { height, width }',
);
const triple = z.tuple([z.number(), z.number(), z.number()]);

const settingsSchema = z.looseObject({
  image_processor_type: z.string().optional(),
  feature_extractor_type: z.string().optional(),
  do_resize: z.boolean().default(true),
  size: sides,
  do_center_crop: z.boolean().optional(),
  crop_size: sides.optional(),
  resample: z.union([z.literal(2), z.literal(3)], 'only 2, bilinear, and 3, bicubic, are known').default(3),
  do_rescale: z.boolean().default(true),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: triple.optional(),
  image_std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).optional(),
});

/** The reference's fast processors write all fields, as null where nothing was set, and read that as left out. */
const schema = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null))
      : value,
  settingsSchema,
);

type Settings = z.infer<typeof settingsSchema>;

const file = 'preprocessor_config.json';

/**
 * Reads how a model wants its pictures, from its `preprocessor_config.json`: the short side and a crop of the centre
 * (CLIP), or squashed to a square (SigLIP).
 *
 * @throws {MediaError} `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG`
 */
export async function readPreprocessing(model: ModelFolder): Promise<PicturePreprocessing> {
  const settings = await readModelFile(model, file, schema);
  const { do_rescale, rescale_factor } = settings;
  return {
    resize: {
      ...pictureSizeOf(settings, `${model.path}/${file}`),
      ...(settings.resample === 2 && { kernel: 'bilinear' }),
    },
    rescale: do_rescale ? rescale_factor : 1,
    ...normalisationOf(settings, `${model.path}/${file}`),
  };
}

/** The reference has other defaults for each kind of model: what a file leaves out is not guessed. */
function normalisationOf(
  { do_normalize, image_mean: mean, image_std: std }: Settings,
  path: string,
): Pick<PicturePreprocessing, 'mean' | 'std'> {
  if (!do_normalize) return { mean: [0, 0, 0], std: [1, 1, 1] };
  if (mean && std) return { mean, std };
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `${path}: image_mean and image_std were expected, by which pixels are normalised; where they are not, write "do_normalize": false`,
  );
}

function pictureSizeOf(settings: Settings, path: string): PictureSize {
  const { do_resize, size, crop_size } = settings;
  const fail = (problem: string) => new MediaError('ERR_MODEL_CONFIG', `${path}: ${problem}`);
  if (!do_resize) throw fail('do_resize: false is not supported, since pictures come in any size');
  const isClip = /CLIP/.test(settings.image_processor_type ?? settings.feature_extractor_type ?? '');
  const crops = settings.do_center_crop ?? isClip;
  const crop = crops ? bothSides(crop_size ?? size) : undefined;

  // A bare number means the short side to CLIP's processor, a square to SigLIP's.
  const shortestEdge =
    typeof size === 'object'
      ? 'shortest_edge' in size
        ? size.shortest_edge
        : undefined
      : isClip
        ? size
        : undefined;
  if (shortestEdge !== undefined) {
    if (!crop) throw fail('size.shortest_edge without do_center_crop would give pictures of many sizes');
    if (crop.width > shortestEdge || crop.height > shortestEdge) {
      throw fail(`crop_size ${crop.width}x${crop.height} is larger than size ${shortestEdge}`);
    }
    return { shortestEdge, crop };
  }
  const target = bothSides(size);
  if (crop && (crop.width !== target.width || crop.height !== target.height)) {
    throw fail(`crop_size ${crop.width}x${crop.height} differs from size ${target.width}x${target.height}`);
  }
  return target;
}

function bothSides(size: z.infer<typeof sides>): { width: number; height: number } {
  if (typeof size === 'number') return { width: size, height: size };
  if ('shortest_edge' in size) return { width: size.shortest_edge, height: size.shortest_edge };
  return { width: size.width, height: size.height };
}
