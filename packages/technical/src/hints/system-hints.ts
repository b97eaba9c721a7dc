import {
  findAudioStream,
  findVideoStream,
  type MediaInfo,
  type VideoStreamInfo,
} from '@deepffmpeg/ffmpeg-filters';

/** What system an input may have been recorded with, by the original's rules. */
export interface SystemHints {
  readonly classification:
    | 'Identified device'
    | 'Professional camera system'
    | 'Prosumer camera system'
    | 'Consumer camera'
    | 'Unknown system';
  /** Tags of the file whose name holds device, camera, encoder, model or make. */
  readonly tags: Readonly<Record<string, string>>;
  /** By exact size as coded; undefined without video. */
  readonly resolutionClass: '4K' | 'Full HD' | 'HD' | 'SD' | undefined;
  /** Undefined for rates between the classes. */
  readonly frameRateClass:
    | 'Film standard (24fps)'
    | 'Broadcast standard (30fps)'
    | 'High frame rate'
    | undefined;
  /** Undefined for other rates. */
  readonly audioClass: 'Professional' | 'Consumer' | undefined;
}

/**
 * Looks at tags, sizes and rates only. The original's words are kept: a size is no proof of a camera.
 *
 * @param audioStream - as `findAudioStream` takes it
 */
export function systemHints(info: MediaInfo, audioStream?: number | undefined): SystemHints {
  const video = findVideoStream(info);
  const tags = Object.fromEntries(
    Object.entries(info.tags).filter(([key]) => /device|camera|encoder|model|make/i.test(key)),
  );
  const classes = {
    resolutionClass: video && resolutionClass(video),
    frameRateClass: video && frameRateClass(video),
    audioClass: audioClass(findAudioStream(info, audioStream)?.sampleRate ?? 0),
  };
  return { classification: classify(tags, classes), tags, ...classes };
}

function classify(
  tags: SystemHints['tags'],
  { resolutionClass, audioClass }: Pick<SystemHints, 'resolutionClass' | 'audioClass'>,
): SystemHints['classification'] {
  if (Object.keys(tags).some((key) => /make|model/i.test(key))) return 'Identified device';
  if (resolutionClass === '4K') return 'Professional camera system';
  if (resolutionClass === 'Full HD' && audioClass === 'Professional') return 'Prosumer camera system';
  return resolutionClass === 'HD' ? 'Consumer camera' : 'Unknown system';
}

function resolutionClass({ width, height }: VideoStreamInfo): SystemHints['resolutionClass'] {
  const size = `${width}x${height}`;
  if (size === '3840x2160' || size === '4096x2160') return '4K';
  if (size === '1920x1080') return 'Full HD';
  return size === '1280x720' ? 'HD' : 'SD';
}

function frameRateClass({ baseFrameRate: rate }: VideoStreamInfo): SystemHints['frameRateClass'] {
  if (rate === undefined) return undefined;
  const fps = rate.numerator / rate.denominator;
  if (Math.abs(fps - 24) < 0.1) return 'Film standard (24fps)';
  if (Math.abs(fps - 30) < 0.1) return 'Broadcast standard (30fps)';
  return fps > 48 ? 'High frame rate' : undefined;
}

function audioClass(sampleRate: number): SystemHints['audioClass'] {
  if (sampleRate >= 48_000) return 'Professional';
  return sampleRate === 44_100 ? 'Consumer' : undefined;
}
