import { MediaError, type Modality, writeAtomicFile } from '@deepffmpeg/core';
import { formatNativeTexts } from '@deepffmpeg/ffmpeg-filters';
import { chooseLabels, type LabelChoice } from '../choose-labels.js';
import type { CliIo } from '../cli-io.js';
import { type EncodingChoice, encodeAllLabels } from '../encode-all-labels.js';
import { ExitCode } from '../exit-code.js';
import { filesReadBy } from '../files-read-by.js';
import { type ModelChoice, openModels } from '../open-models.js';
import { refuseIdleFlags } from '../refuse-idle-flags.js';
import { refuseOverwriting } from '../refuse-overwriting.js';
import { requireFolder } from '../require-folder.js';
import { sayTo } from '../say.js';

/** The flags of `embed-labels`, as commander gives them. */
export interface EmbedLabelsFlags extends EncodingChoice, LabelChoice, ModelChoice {
  readonly output: string;
  readonly verbose?: boolean;
}

/** Writes the embeddings of labels, and how their model wants its pictures or sound, for the filters of the native ffmpeg. */
export async function embedLabels(flags: EmbedLabelsFlags, io: CliIo): Promise<ExitCode> {
  const { signal } = io;
  const labels = await chooseLabels(flags, signal);
  refuseIdleFlags(labels, flags);
  // Each is in its place only if there are labels for it.
  const modalities = Object.keys(labels) as Modality[];
  if (modalities.length > 1)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'a file holds labels for one model: write those of --clip-... and those of --clap-... into two files',
    );
  await refuseOverwriting([{ flag: '--output', path: flags.output }], filesReadBy(flags));
  await requireFolder({ flag: '--output', path: flags.output });
  const say = sayTo(io, flags.verbose);
  const models = await openModels(flags, { modalities, towers: 'text', onWarning: say.warn, io });
  try {
    const [encoded] = await encodeAllLabels(models, labels, flags, say, signal);
    const model = models.vision ?? models.audio;
    if (!encoded || !model) throw new Error('labels without a model'); // chooseLabels wants at least one
    await writeAtomicFile(flags.output, formatNativeTexts(encoded, model.preprocessing));
    const count = encoded.labelSet.groups.reduce((sum, { labels }) => sum + labels.length, 0);
    say.always(`${count} labels of ${model.id} for ${flags.output}`);
  } finally {
    await models.close();
  }
  return ExitCode.done;
}
