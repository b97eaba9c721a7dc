// Do the sentences of the label packs tell apart what they should?
//
//   npx tsx benchmarks/label-packs.ts SHARED [READER]
//
// SHARED is the folder of shared test material. READER, a folder with tokenizer.json and onnx/model.onnx whose tokens are averaged, such as
// all-MiniLM-L6-v2, neither sees nor hears, but reads what their text towers cannot. Prints tables, then the sentences that sit wrong.
import { basename, join } from 'node:path';
import { type ClapModel, createAudioEmbedder, openClap } from '@deepffmpeg/clap';
import { type ClipModel, createFrameEmbedder, openClip, readPicture } from '@deepffmpeg/clip';
import { labelPacks, readLabelPack } from '@deepffmpeg/combined';
import {
  collect,
  createAverager,
  createScorer,
  createWindower,
  type EncodedLabelSet,
  type LabelAverage,
  type PromptGroup,
  type PromptSet,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels, openSession, openTokenizer } from '@deepffmpeg/models';
import sharp from 'sharp';

const [shared = '../shared', readerFolder] = process.argv.slice(2);
const media = (name: string) => join(shared, 'media', name);

const packs = await Promise.all(
  labelPacks.map(async (pack) => ({ ...pack, prompts: await readLabelPack(pack.name) })),
);
const eye = await openClip(join(shared, 'models', 'clip-mnv2'));
const ear = await openClap(join(shared, 'models', 'clap-yamnet'));
const reader = readerFolder === undefined ? undefined : await openReader(readerFolder);
try {
  await compareSentences();
  await askAll();
} finally {
  await Promise.all([eye, ear, ...(reader ? [reader] : [])].map((model) => model.close()));
}

/** Reads sentences and nothing else. */
interface Reader {
  readonly id: string;
  encodeTexts(sentences: readonly string[]): Promise<Float32Array>;
}

/** Is each sentence nearer to the mean of its category's other sentences than to that of any other category? */
async function compareSentences(): Promise<void> {
  console.log('\n| pack | unit | chance | model | sentences right |\n| --- | --- | --: | --- | --: |');
  const astray: string[] = [];
  for (const { name, modality, kind, prompts } of packs) {
    if (kind === 'labels') continue;
    const models: Reader[] = [modality === 'vision' ? eye : ear, ...(reader ? [reader] : [])];
    for (const group of prompts.groups)
      for (const model of models) {
        const wrong = await sentencesAstray(group, model);
        const count = group.labels.reduce((sum, { sentences = [] }) => sum + sentences.length, 0);
        const chance = Math.round(100 / group.labels.length);
        const share = Math.round((100 * (count - wrong.length)) / count);
        console.log(
          `| ${name} | ${group.name} | ${chance} % | ${basename(model.id)} | ${count - wrong.length} of ${count}, ${share} % |`,
        );
        if (model === reader)
          astray.push(...wrong.map(({ text, own, nearest }) => `${name} ${own} -> ${nearest}: ${text}`));
      }
  }
  if (astray.length > 0) console.log(`\nAstray by ${reader?.id}:\n\n${astray.join('\n')}`);
}

async function sentencesAstray({ labels }: PromptGroup, model: Reader) {
  const categories = await Promise.all(
    labels.map(async ({ label, sentences = [] }) => {
      const vectors = await model.encodeTexts(sentences);
      const length = vectors.length / sentences.length;
      return {
        label,
        rows: sentences.map((text, i) => ({ text, vector: vectors.slice(i * length, (i + 1) * length) })),
      };
    }),
  );
  return categories.flatMap((own) =>
    own.rows.flatMap((row) => {
      const nearness = categories.map(({ label, rows }) => ({
        label,
        cosine: cosineToMean(
          row.vector,
          rows.filter((each) => each !== row).map(({ vector }) => vector),
        ),
      }));
      const [nearest] = nearness.toSorted((a, b) => b.cosine - a.cosine);
      return nearest && nearest.label !== own.label
        ? [{ text: row.text, own: own.label, nearest: nearest.label }]
        : [];
    }),
  );
}

function cosineToMean(vector: Float32Array, others: readonly Float32Array[]): number {
  const mean = vector.map((_, i) => others.reduce((sum, other) => sum + (other[i] ?? 0), 0));
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return dot(vector, mean) / Math.sqrt(dot(mean, mean) * dot(vector, vector));
}

/** What people would agree on. Several answers where more than one is right. */
interface Question {
  readonly medium: string;
  readonly pack: string;
  readonly unit: string;
  readonly right: readonly string[];
}

async function askAll(): Promise<void> {
  const pictures = ['cat', 'dogs', 'mdn_elephant', 'mdn_flowers'];
  const sight = [
    ask('big-buck-bunny-30s.webm', 'video', 'VisualStyle', 'Animation'),
    ask('big-buck-bunny-30s.webm', 'video', 'ContentPurpose', 'Storytelling'),
    ask('big-buck-bunny-30s.webm', 'video', 'Mood', 'Lighthearted', 'Imaginative'),
    ask('big-buck-bunny-30s.webm', 'film-video', 'ContentType', 'Cartoon'),
    ask('car-detection.mp4', 'video', 'VisualStyle', 'LiveAction'),
    ask('car-detection.mp4', 'video', 'ContentPurpose', 'RealityCapture'),
    ask('car-detection.mp4', 'film-video', 'RecordingSystem', 'SurveillanceCamera', 'Drone'),
    ask('car-detection.mp4', 'coco', 'labels', 'car'),
    ...pictures.map((name) => ask(`images/${name}.jpg`, 'video', 'VisualStyle', 'LiveAction')),
    ...pictures.map((name) => ask(`images/${name}.jpg`, 'video', 'ImageQuality', 'HighQuality')),
    ...pictures.map((name) => ask(`images/${name}.jpg, spoilt`, 'video', 'ImageQuality', 'LowQuality')),
    ask('images/cat.jpg', 'animals', 'labels', 'cat'),
    ask('images/dogs.jpg', 'animals', 'labels', 'dog'),
    ask('images/mdn_elephant.jpg', 'animals', 'labels', 'elephant'),
  ];
  const sound = [
    ask('audio/jazz_guitar.wav', 'audio', 'AudioMood', 'EmotionalAudio', 'LightAudio'),
    ask('audio/applause.wav', 'audio', 'AudioMood', 'IntenseAudio', 'LightAudio'),
    ask('audio/jazz_guitar.wav', 'audio', 'RecordingQuality', 'ProfessionalRecording'),
    ask('audio/rain.wav', 'audio', 'ContentPurpose', 'FactualAudio'),
    ask('audio/train.wav', 'audio', 'ContentPurpose', 'FactualAudio'),
    ask('audio/jazz_guitar.wav', 'film-audio', 'ContentType', 'Music'),
    ask('audio/rain.wav', 'film-audio', 'ContentType', 'Nature'),
    ask('audio/train.wav', 'film-audio', 'ContentType', 'Machines'),
    ask('audio/typing.wav', 'film-audio', 'ContentType', 'Machines'),
    ask('audio/applause.wav', 'film-audio', 'RecordingSystem', 'LiveStage'),
    ask('audio/rain.wav', 'film-audio', 'RecordingSystem', 'FieldRecorder'),
    ask('audio/jazz_guitar.wav', 'music', 'labels', 'jazz music'),
  ];
  console.log(
    '\n| medium | pack | unit | right | model | answer | |\n| --- | --- | --- | --- | --- | --- | --- |',
  );
  await answerAll(sight, eye.id, (name, sets) => see(eye, name, sets));
  await answerAll(sound, ear.id, (name, sets) => hear(ear, name, sets));

  async function answerAll(
    questions: readonly Question[],
    model: string,
    answer: (medium: string, packs: readonly PromptSet[]) => Promise<LabelAverage[]>,
  ) {
    let count = 0;
    const answers = new Map<string, LabelAverage[]>();
    const asked = packs.filter(({ name }) => questions.some(({ pack }) => pack === name));
    for (const { medium, pack, unit, right } of questions) {
      const averages =
        answers.get(medium) ??
        (await answer(
          medium,
          asked.map(({ prompts }) => prompts),
        ));
      answers.set(medium, averages);
      const [best] = averages
        .filter(({ labelSet, group }) => labelSet === `pack:${pack}` && group === unit)
        .toSorted((a, b) => b.probability - a.probability);
      const isRight = best !== undefined && right.includes(best.label);
      if (isRight) count++;
      console.log(
        `| ${medium} | ${pack} | ${unit} | ${right.join(' or ')} | ${basename(model)} | ` +
          `${best?.label} ${best?.probability.toFixed(2)} | ${isRight ? 'right' : 'wrong'} |`,
      );
    }
    console.log(`| all | | | | ${basename(model)} | ${count} of ${questions.length} | |`);
  }
}

function ask(medium: string, pack: string, unit: string, ...right: string[]): Question {
  return { medium, pack, unit, right };
}

async function see(model: ClipModel, medium: string, prompts: readonly PromptSet[]) {
  const labelSets = await encodeAll(model, prompts);
  const isFilm = !medium.startsWith('images/');
  const frames = isFilm
    ? decode(media(medium), { frames: { sample: { perSecond: 1 }, size: model.pictureSize } })
    : still(medium);
  return collect(
    through(frames, createFrameEmbedder({ model }), createScorer({ labelSets }), createAverager()),
  );
}

async function hear(model: ClapModel, medium: string, prompts: readonly PromptSet[]) {
  return collect(
    through(
      decode(media(medium), { audio: { sampleRate: model.sampleRate } }),
      createWindower({ windowSeconds: model.windowSeconds }),
      createAudioEmbedder({ model }),
      createScorer({ labelSets: await encodeAll(model, prompts) }),
      createAverager(),
    ),
  );
}

function encodeAll(model: ClipModel | ClapModel, prompts: readonly PromptSet[]): Promise<EncodedLabelSet[]> {
  return Promise.all(prompts.map((set) => encodeLabels(model, set)));
}

/** A picture as one frame; a spoilt one is small, dark and full of artefacts, as phones of 2005 took them. */
async function* still(medium: string): AsyncGenerator<VideoFrame> {
  const [name = ''] = medium.split(',');
  const path = media(name);
  const spoil = () =>
    sharp(path).resize(96).modulate({ brightness: 0.6 }).blur(1).jpeg({ quality: 8 }).toBuffer();
  const picture = await readPicture(medium === name ? path : await spoil());
  yield {
    type: 'video-frame',
    source: medium,
    tap: 'still',
    index: 0,
    timestamp: 0,
    durationSeconds: 0,
    ...picture,
  };
}

async function openReader(folder: string): Promise<Reader & { close(): Promise<void> }> {
  const session = await openSession(join(folder, 'onnx', 'model.onnx'));
  const tokenizer = await openTokenizer(folder, { maxPositions: 128 });
  return {
    id: folder,
    close: () => session.close(),
    async encodeTexts(sentences) {
      const { inputIds, attentionMask, shape } = tokenizer.encodeBatch(sentences);
      const types = { data: new BigInt64Array(inputIds.length), shape };
      const { last_hidden_state: output } = await session.run({
        input_ids: { data: inputIds, shape },
        attention_mask: { data: attentionMask, shape },
        token_type_ids: types,
      });
      if (!output || !(output.data instanceof Float32Array))
        throw new Error(`${folder}: no last_hidden_state`);
      const [, length] = shape;
      const { data } = output;
      const dimension = data.length / inputIds.length;
      const rows = new Float32Array(sentences.length * dimension);
      // The sum stands for the mean, as only directions count.
      for (let token = 0; token < inputIds.length; token++)
        if (attentionMask[token] === 1n)
          for (let i = 0; i < dimension; i++)
            rows[Math.floor(token / length) * dimension + i]! += data[token * dimension + i]!; // in range
      return rows;
    },
  };
}
