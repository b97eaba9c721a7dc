import { decode } from '@deepffmpeg/ffmpeg-filters';

// npx tsx decode-frames.ts VIDEO
const [film = 'film.mp4'] = process.argv.slice(2);

for await (const frame of decode(film, {
  frames: [
    {
      tap: 'small',
      sample: { perSecond: 1 },
      size: { shortestEdge: 224, crop: { width: 224, height: 224 } },
    },
    { tap: 'large', sample: 'keyframes' },
  ],
})) {
  console.log(frame.tap, frame.timestamp, frame.durationSeconds, `${frame.width}x${frame.height}`);
}
