import { TICKS_PER_SECOND } from './feed-frames.js';
import { type Filter, formatFilterGraph } from './filter-graph.js';
import type { TimedAudioStream } from './media-info.js';
import type { ResolvedInput } from './media-input.js';
import type { VideoContainer } from './video-container.js';

/** Sound that goes into a file beside the frames. */
export interface AudioTrack {
  readonly input: ResolvedInput;
  readonly stream: TimedAudioStream;
}

interface EncodeOptions {
  readonly container: VideoContainer;
  readonly width: number;
  readonly height: number;
  readonly audio: AudioTrack | undefined;
  /** The time that becomes 0, on the clock that frames and sound share. */
  readonly originSeconds: number;
  /** The file to write; it may be there already. */
  readonly path: string;
}

/**
 * A packet lasts until the next, and the last one as long as that before it. ffmpeg itself would guess from a frame rate, which frames that
 * come irregularly do not have.
 */
const DURATIONS = 'setts=duration=if(eq(NEXT_PTS\\,NOPTS)\\,PTS-PREV_INPTS\\,NEXT_PTS-PTS)';

/** Writes ffmpeg's arguments: frames as NUT on stdin, and the sound of another input, into one file. */
export function encodeCommand(options: EncodeOptions): string[] {
  const { container, audio, originSeconds, path } = options;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-y'],
    '-copyts', // or each input would begin at its own first time
    ...['-max_error_rate', '1'], // damaged sound is told by whoever decodes the input
    // Two frames may wait: the default of 8 is 200 MB in 4K.
    ...['-thread_queue_size', '2', '-protocol_whitelist', 'pipe', '-f', 'nut', '-i', 'pipe:0'],
    ...(audio === undefined ? [] : ['-itsoffset', (-originSeconds).toFixed(6), ...audio.input.args]),
    ...['-map', '0:v:0', ...videoArgs(options)],
    ...(audio === undefined ? [] : ['-map', `1:${audio.stream.index}`, ...audioArgs(audio, container)]),
    ...['-map_chapters', '-1', '-fflags', '+bitexact'], // no random ids
    ...['-f', container.format, `file:${path}`],
  ];
}

function videoArgs({ container, width, height }: EncodeOptions): string[] {
  const filters: Filter[] = [
    { name: 'scale', options: { out_color_matrix: 'bt709', out_range: 'tv' } },
    { name: 'format', options: { pix_fmts: 'yuv420p' } },
    // From ffmpeg 9 on, what frames say of their colours goes before what the options of the encoder say.
    {
      name: 'setparams',
      options: { range: 'tv', color_primaries: 'bt709', color_trc: 'bt709', colorspace: 'bt709' },
    },
    // Colours are stored for each two by two pixels.
    ...(width % 2 === 0 && height % 2 === 0
      ? []
      : [{ name: 'pad', options: { w: width + (width % 2), h: height + (height % 2) } }]),
  ];
  return [
    ...['-vf', formatFilterGraph([{ filters }])],
    ...['-fps_mode', 'passthrough', '-enc_time_base:v', `1/${TICKS_PER_SECOND}`],
    ...['-c:v', container.videoEncoder, ...container.videoArgs, '-bsf:v', DURATIONS],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ];
}

function audioArgs(audio: AudioTrack, container: VideoContainer): readonly string[] {
  const encoder = audioEncoderFor(audio, container);
  return encoder === undefined ? ['-c:a', 'copy'] : ['-c:a', encoder, ...container.audioArgs];
}

/** What encodes the sound; undefined where it goes in as it is. */
export function audioEncoderFor(
  { stream: { codec = '' } }: AudioTrack,
  { copied, audioEncoder }: VideoContainer,
): string | undefined {
  return copied.includes(codec) ? undefined : audioEncoder;
}
