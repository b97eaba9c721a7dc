import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MediaError, parseOptions } from '@deepffmpeg/core';
import * as z from 'zod';
import { convertFolder } from '../convert-folder.js';
import { isRepositoryName } from '../hub/model-name.js';
import type { Dtype } from '../model-folder.js';
import type { ModelTask } from '../registry/known-model.js';
import { type EnvironmentOptions, lastLines, openConversionEnvironment } from './conversion-environment.js';
import { runLines } from './run-lines.js';

/** What to convert, and into what. */
export interface ConvertOptions extends EnvironmentOptions {
  readonly task: ModelTask;
  /** A file, a folder, or a name that the source's own library knows; `docs/convert-models.md` tells which. */
  readonly source: string;
  /** The folder to make; it must not be there, or be empty. */
  readonly output: string;
  /** Which ONNX files (and with `hasOpenvino`, which of its files). @defaultValue ['fp32'] */
  readonly dtypes?: readonly Dtype[] | undefined;
  /** Whether to write TorchScript too. @defaultValue false */
  readonly hasTorchscript?: boolean | undefined;
  /** Whether to write OpenVINO IR too. @defaultValue false */
  readonly hasOpenvino?: boolean | undefined;
  /** Where PyTorch runs. TorchScript files stay on it. @defaultValue 'cpu' */
  readonly device?: 'cpu' | 'cuda' | undefined;
  /** Of a source of open_clip, such as `ViT-L-14`. */
  readonly architecture?: string | undefined;
  /** A tokenizer.json or the folder of one, where the source has none. */
  readonly tokenizer?: string | undefined;
  /** Of a detector: a file with a class a line. @defaultValue what the source tells, else COCO's where it has 80 */
  readonly labels?: string | undefined;
  /** Of a detector: pixels a side. @defaultValue what the source tells, else what its size was trained with */
  readonly inputSize?: number | undefined;
}

/** One file that was written, compared with its source on fixed inputs. */
export interface ConvertedFile {
  /** Relative to the folder. */
  readonly file: string;
  readonly dtype: Dtype;
  readonly bytes: number;
  /** The largest difference of two numbers, as a share of the source's largest where that is above 1. */
  readonly difference: number;
  /** The smallest cosine of two answers. */
  readonly cosine: number;
}

/** What came of it. */
export interface Conversion {
  readonly path: string;
  /** As in the folder's `deepffmpeg.json`. */
  readonly sidecar: Readonly<Record<string, unknown>>;
  /** What the source is called, such as open_clip's architecture and data. */
  readonly details: Readonly<Record<string, string>>;
  readonly files: readonly ConvertedFile[];
}

const optionsSchema = z.strictObject({
  task: z.enum(['clip', 'clap', 'detect']),
  source: z.string().min(1),
  output: z.string().min(1),
  dtypes: z
    .array(z.enum(['fp32', 'fp16', 'q8']))
    .min(1)
    .default(['fp32']),
  hasTorchscript: z.boolean().default(false),
  hasOpenvino: z.boolean().default(false),
  device: z.enum(['cpu', 'cuda']).default('cpu'),
  architecture: z.string().min(1).optional(),
  tokenizer: z.string().min(1).optional(),
  labels: z.string().min(1).optional(),
  inputSize: z.int().min(32).max(4096).optional(),
  python: z.string().min(1).optional(),
  cacheFolder: z.string().min(1).optional(),
}) satisfies z.ZodType<Omit<ConvertOptions, 'onProgress' | 'signal'>>;

type Settings = z.infer<typeof optionsSchema>;

const resultSchema = z.object({
  sidecar: z.record(z.string(), z.unknown()),
  details: z.record(z.string(), z.string()),
  files: z
    .array(
      z.object({
        file: z.string(),
        dtype: z.enum(['fp32', 'fp16', 'q8']),
        bytes: z.number().positive(),
        difference: z.number().min(0),
        cosine: z.number(),
      }),
    )
    .min(1),
});

const messageSchema = z.union([
  z.strictObject({ progress: z.string() }),
  z.strictObject({ result: resultSchema }),
  z.strictObject({ error: z.string() }),
]);

/**
 * Converts a PyTorch model to a folder that `openClip`, `openClap` or `openDetector` opens. It runs in Python, in an
 * environment of its own that is made on first use; every file is compared with its source, and one of 32 bits that
 * differs by more than 0.001 is refused. The folder appears complete or not at all.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_CONVERSION` (no Python, a source that cannot be used, a check that
 * failed), `ERR_OUTPUT`; an AbortError, once Python is gone.
 */
export async function convertModel(options: ConvertOptions): Promise<Conversion> {
  const { signal, onProgress, ...given } = options;
  const settings = parseOptions(optionsSchema, given);
  const path = resolve(settings.output);
  await refuseFilled(path);
  await refuseNoSource(settings); // before gigabytes are installed for it
  const { python, cacheFolder } = settings;
  const environment = await openConversionEnvironment({ python, cacheFolder, onProgress, signal });
  const aside = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await mkdir(dirname(path), { recursive: true }).catch((cause: Error) => {
      throw new MediaError('ERR_OUTPUT', `cannot make ${dirname(path)}: ${cause.message}`, { cause });
    });
    const result = await runConversion(environment.python, argumentsOf(settings, aside), {
      onProgress,
      signal,
    });
    await rename(aside, path).catch((cause: Error) => {
      throw new MediaError('ERR_OUTPUT', `cannot make ${path}: ${cause.message}`, { cause });
    });
    return { path, ...result };
  } finally {
    await rm(aside, { recursive: true, force: true }); // of what failed; else it is gone already
  }
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` for what can be no source; whether a name has a model behind it is found out later. */
async function refuseNoSource({ task, source, architecture }: Settings): Promise<void> {
  const isThere = await stat(source).then(
    () => true,
    () => false,
  );
  const isName = task !== 'detect' && (architecture !== undefined || isRepositoryName(source));
  if (isThere || isName) return;
  const expected = {
    clip: 'a folder, a name on the hub (organisation/name), or with the architecture weights of open_clip',
    clap: 'a folder, a file of weights, or a name on the hub (organisation/name)',
    detect: 'a file',
  };
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `source ${source}: there is no such file or folder: ${expected[task]} was expected`,
  );
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` for a place where something is. */
async function refuseFilled(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `output ${path}: a new folder was expected: ${error.message}`,
      {
        cause: error,
      },
    );
  });
  if (names.length > 0)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `output ${path}: a new or an empty folder was expected, and ${names[0]} is in it: name another, or remove that one`,
    );
}

function argumentsOf(settings: Settings, output: string): string[] {
  const { task, source, dtypes, hasTorchscript, hasOpenvino, device } = settings;
  const { architecture, tokenizer, labels, inputSize } = settings;
  const given = { architecture, tokenizer, labels, 'input-size': inputSize };
  return [
    // Nothing of the user's own Python comes in, and nothing is written beside the program.
    ...['-E', '-s', '-B', '-u', join(convertFolder, 'main.py')],
    ...[`--output=${output}`, `--dtype=${dtypes.join(',')}`, `--device=${device}`],
    ...(hasTorchscript ? ['--torchscript'] : []),
    ...(hasOpenvino ? ['--openvino'] : []),
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...['--', task, source], // it may begin with a dash
  ];
}

async function runConversion(
  python: string,
  args: readonly string[],
  { onProgress, signal }: Pick<ConvertOptions, 'onProgress' | 'signal'>,
): Promise<Omit<Conversion, 'path'>> {
  let result: Omit<Conversion, 'path'> | undefined;
  let problem: string | undefined;
  const onLine = (line: string) => {
    const message = readMessage(line);
    if ('progress' in message) onProgress?.(message.progress);
    else if ('error' in message) problem = message.error;
    else result = message.result;
  };
  const { exitCode, killedBy, tail } = await runLines(python, args, { signal, onLine });
  if (problem !== undefined) throw new MediaError('ERR_CONVERSION', problem);
  if (exitCode === 0 && result) return result;
  const how = killedBy
    ? `was ended by ${killedBy}`
    : `ended with exit status ${exitCode}${result ? '' : ' and no result'}`;
  const hint = killedBy === 'SIGKILL' ? ' (as systems do when memory is short)' : '';
  throw new MediaError('ERR_CONVERSION', `the conversion ${how}${hint}. ${lastLines(tail)}`);
}

function readMessage(line: string): z.infer<typeof messageSchema> {
  try {
    return messageSchema.parse(JSON.parse(line));
  } catch (cause) {
    const text = line.length > 200 ? `${line.slice(0, 200)}...` : line;
    throw new MediaError('ERR_CONVERSION', `the conversion printed what is no message of it: ${text}`, {
      cause,
    });
  }
}
