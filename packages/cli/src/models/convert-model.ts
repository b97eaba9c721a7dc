import { basename, dirname, join, relative } from 'node:path';
import { type Conversion, convertModel, type Dtype, type ModelTask } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { formatTable } from '../format-table.js';
import { writeConfiguredModel } from '../models-config.js';
import { sayTo } from '../say.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';

export interface ConvertFlags {
  readonly output?: string;
  readonly dtype?: readonly Dtype[];
  readonly torchscript?: boolean;
  readonly openvino?: boolean;
  readonly device?: 'cpu' | 'cuda';
  readonly architecture?: string;
  readonly tokenizer?: string;
  readonly labels?: string;
  readonly inputSize?: number;
  readonly python?: string;
  readonly modelsConfig?: string;
  readonly json?: boolean;
}

const modalities = { clip: 'vision', clap: 'audio', detect: undefined } as const;

/** Converts a PyTorch model into a folder, and names it in a `models_config.json` as the original does. */
export async function convertModelTo(
  task: ModelTask,
  source: string,
  flags: ConvertFlags,
  io: CliIo,
): Promise<ExitCode> {
  const {
    json = false,
    modelsConfig,
    output = join('models', nameOf(source, flags)),
    dtype,
    torchscript: hasTorchscript,
    openvino: hasOpenvino,
    ...options
  } = flags;
  const say = sayTo(io);
  const conversion = await convertModel({
    ...options,
    task,
    source,
    output,
    dtypes: dtype,
    hasTorchscript,
    hasOpenvino,
    onProgress: say.always,
    signal: io.signal,
  });
  const modality = modalities[task];
  const config = modality && (modelsConfig ?? join(dirname(output), 'models_config.json'));
  if (config !== undefined && modality)
    await writeConfiguredModel(config, modality, conversion.path, { name: source, ...conversion.details });
  const text = json
    ? JSON.stringify({ ...conversion, modelsConfig: config }, null, 2)
    : summaryOf(conversion, task, config);
  await write(io.stdout, `${text}\n`);
  return ExitCode.done;
}

/** What its folder is called where nobody says. */
function nameOf(source: string, { architecture }: ConvertFlags): string {
  const name = basename(source).replace(/\.(pt|pth|onnx|bin|safetensors|torchscript)$/, '');
  return [architecture, name]
    .filter(Boolean)
    .join('-')
    .replaceAll(/[^\w.-]+/g, '_');
}

function summaryOf(
  { path, sidecar, files }: Conversion,
  task: ModelTask,
  config: string | undefined,
): string {
  const rows = files.map(({ file, dtype, bytes, difference, cosine }) => [
    file,
    dtype,
    byteSize(bytes),
    difference.toExponential(1),
    cosine.toFixed(6),
  ]);
  const here = relative('', path);
  const place = here === '' || here.startsWith('..') ? path : here;
  const also = config === undefined ? '' : `, or --models-config ${config}`;
  const { logitScale, logitBias } = sidecar;
  const bias = logitBias === undefined ? '' : `, bias ${logitBias}`;
  return [
    formatTable(['file', 'dtype', 'size', 'largest difference', 'smallest cosine'], rows),
    ...(logitScale === undefined ? [] : [`trained scale ${logitScale}${bias}`]),
    terminalText(`to use it: deepffmpeg classify ... --${task}-model ${place}${also}`),
  ].join('\n');
}
