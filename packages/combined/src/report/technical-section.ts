import type { StreamInfo } from '@deepffmpeg/ffmpeg-filters';
import type { PictureSummary, ProductionValue, SoundSummary, TechnicalAnalysis } from '@deepffmpeg/technical';
import { fixedText } from '../document/fixed-text.js';
import { startOf } from './film-start.js';
import { type Html, html, type Piece } from './html.js';
import { modelFacts } from './models-used.js';
import type { ReportInput } from './report-input.js';
import { bar, factTable, jumpButton, listTable } from './tables.js';
import { clock, lengthOf, measure, percent, rounded, titled, UNKNOWN } from './words.js';

/** What the file is made of, and what was measured of it. */
export function technicalSection(input: ReportInput): Html {
  const { technical_analysis } = input.document;
  const technical = input.analysis?.technical;
  const { classification, details } = technical_analysis.system_info;
  return html`<section id="technical" aria-labelledby="technical-title"><h2 id="technical-title">Technical</h2><div class="columns">
${fileFacts(input)}
${technical ? technical.metadata.info.streams.map(streamFacts) : storedStreams(input)}
${technical?.sound && soundFacts(technical.sound)}
${technical?.picture && pictureFacts(technical.picture)}
${technical && packetFacts(technical)}
${technical && production(technical.production)}
${soundShares(input)}
${modelFacts(input.analysis)}
${factTable('Where it comes from', [['Likely', classification], ...titledEntries(details)])}
${factTable('Tags of the file', Object.entries(technical_analysis.metadata.tags))}
${technical && chapters(technical)}
</div></section>`;
}

const titledEntries = (facts: Readonly<Record<string, string>>) =>
  Object.entries(facts).map(([name, value]) => [titled(name), value] as const);

function fileFacts(input: ReportInput): Piece {
  const { document } = input;
  const { format, duration, bitrate } = document.technical_analysis.metadata;
  const { path, created_date, size_mb } = document.file_info;
  const start = startOf(input);
  return factTable('File', [
    ['Path', path],
    ['Format', format],
    ['Duration', duration === null ? null : lengthOf(duration)],
    ['Size', size_mb === null ? null : `${fixedText(size_mb, 2)} MB`],
    ['Bit rate', bitrate === null ? null : bitRateText(bitrate)],
    ['Analysed', created_date],
    [
      'Begins at',
      start ? `${rounded(start, 3)} s on its own clock; times of this page count from there` : null,
    ],
  ]);
}

/** In thousands, with two digits at least: that of a still picture is not nothing. */
function bitRateText(bitsPerSecond: number): string {
  const thousands = bitsPerSecond / 1000;
  return `${thousands < 10 ? Number(thousands.toPrecision(2)) : Math.round(thousands)} kbit/s`;
}

function streamFacts(stream: StreamInfo): Piece {
  const common = [
    ['Codec', stream.codec ?? 'unknown'],
    ['Profile', stream.profile],
    ['Language', stream.language],
    ['Bit rate', stream.bitRate && bitRateText(stream.bitRate)],
  ] as const;
  return factTable(`Stream ${stream.index}: ${stream.type}`, [
    ...common,
    ...ownFacts(stream),
    ...Object.entries(stream.tags),
  ]);
}

function ownFacts(stream: StreamInfo): readonly (readonly [string, Piece])[] {
  if (stream.type === 'audio')
    return [
      ['Rate', `${stream.sampleRate} Hz`],
      ['Channels', [stream.channels, stream.channelLayout].filter(Boolean).join(', ')],
      ['Samples', stream.sampleFormat],
    ];
  if (stream.type !== 'video') return [];
  const { averageFrameRate: rate, displayAspectRatio: aspect } = stream;
  return [
    ['Size', `${stream.width} × ${stream.height}`],
    ['Aspect', aspect && `${aspect.numerator}:${aspect.denominator}`],
    ['Rotation', stream.rotationDegrees === 0 ? undefined : `${stream.rotationDegrees}°`],
    ['Frame rate', rate && `${rounded(rate.numerator / rate.denominator, 3)} a second`],
    ['Pixels', stream.pixelFormat],
    ['Bit depth', stream.bitDepth],
    ['Colour', [stream.colorSpace, stream.colorPrimaries, stream.colorTransfer].filter(Boolean).join(', ')],
    ['HDR', stream.hdr?.kind],
    ['Fields', stream.fieldOrder],
    ['Use', stream.isAttachedPicture ? 'cover picture' : undefined],
  ];
}

function storedStreams({ document }: ReportInput): Piece {
  const { video_streams, audio_streams } = document.technical_analysis.metadata;
  return [
    video_streams.map((video) =>
      factTable('Video', [
        ['Codec', video.codec],
        ['Profile', video.profile],
        ['Size', `${video.width} × ${video.height}`],
        ['Frame rate', video.fps === null ? null : `${rounded(video.fps, 3)} a second`],
        ['Pixels', video.pix_fmt],
        ['Bit depth', video.bit_depth],
        ['Colour', video.color_space],
      ]),
    ),
    audio_streams.map((audio) =>
      factTable('Sound', [
        ['Codec', audio.codec],
        ['Rate', audio.sample_rate === null ? null : `${audio.sample_rate} Hz`],
        ['Channels', [audio.channels, audio.channel_layout].filter(Boolean).join(', ')],
      ]),
    ),
  ];
}

const soundFacts = (sound: SoundSummary): Piece =>
  factTable('Sound, measured', [
    ['Loudness', measure(sound.integratedLufs, 'LUFS')],
    ['Range', measure(sound.rangeLu, 'LU')],
    ['True peak', measure(sound.truePeakDb, 'dBTP')],
    ['Mean volume', measure(sound.meanVolumeDb, 'dB')],
    ['Highest volume', measure(sound.maxVolumeDb, 'dB')],
    ['Noise floor', measure(sound.noiseFloorDb, 'dB')],
    ['Phase', measure(sound.phase, '', 2)],
    ['Silence', lengthOf(sound.silentSeconds)],
    ['Clipped', lengthOf(sound.clippedSeconds)],
    ...sound.channels.map(
      ({ rmsDb, peakDb }, i) =>
        [`Channel ${i + 1}`, `${measure(rmsDb, 'dB')}, peak ${measure(peakDb, 'dB')}`] as const,
    ),
  ]);

const pictureFacts = (picture: PictureSummary): Piece =>
  factTable('Picture, measured', [
    ['Frames', picture.frames],
    ['Repeated frames', picture.repeatedFrames],
    ['Brightness', measure(picture.lumaMeanLevel, 'of 16 to 235', 0)],
    ['Darkest tenth', measure(picture.lumaLowLevel, '', 0)],
    ['Brightest tenth', measure(picture.lumaHighLevel, '', 0)],
    ['Saturation', measure(picture.saturationMeanLevel, 'of 181', 0)],
    ['Width of edges', measure(picture.edgeWidthPixels, 'pixels')],
    ['Blockiness', measure(picture.blockiness, '', 2)],
    ['Noise', picture.noiseShare === undefined ? undefined : percent(picture.noiseShare)],
    ['Interlaced', picture.interlacedShare === undefined ? undefined : percent(picture.interlacedShare)],
    ['Change by frame', measure(picture.changeMeanLevels, 'levels')],
  ]);

function packetFacts({ metadata: { packets } }: TechnicalAnalysis): Piece {
  if (packets === undefined) return undefined;
  const { gop } = packets;
  return factTable('Coding', [
    ['Frames', packets.frameCount],
    ['Rate', packets.frameRateMode],
    ['Keyframes', packets.keyframeCount],
    ['Between keyframes', gop && `${gop.shortest} to ${gop.longest} frames, mean ${rounded(gop.mean, 1)}`],
  ]);
}

const production = ({ grade, score, reasons }: ProductionValue): Piece =>
  listTable(
    `Production value: ${grade ?? UNKNOWN}${score === undefined ? '' : `, ${percent(score)}`}`,
    ['Measure', 'Score'],
    reasons.map(({ text, score: part }) => [text, bar(part, percent(part))]),
  );

function soundShares({ analysis }: ReportInput): Piece {
  const shares = analysis?.soundShares;
  if (shares === undefined) return undefined;
  return listTable(
    'What is heard',
    ['Sound', 'Share'],
    (['speech', 'music', 'other'] as const).map((name) => [name, bar(shares[name], percent(shares[name]))]),
  );
}

function chapters({ metadata: { info } }: TechnicalAnalysis): Piece {
  const start = info.startSeconds ?? 0;
  return listTable(
    'Chapters',
    ['From', 'Title', 'To'],
    info.chapters.map(({ startSeconds, endSeconds, title }) => [
      jumpButton(Math.max(0, startSeconds - start), title),
      title ?? UNKNOWN,
      clock(endSeconds - start),
    ]),
  );
}
