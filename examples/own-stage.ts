import { createStage, type StageOptions, through, type VideoFrame } from '@deepffmpeg/core';

/** A stage of one's own: how bright each frame is, from 0 to 255. The frame goes on to the stages after it. */
const createLightMeter = (options?: StageOptions) =>
  createStage(
    {
      accepts: ['video-frame'],
      transform: (frame) => [
        frame,
        {
          type: 'light',
          timestamp: frame.timestamp,
          level: frame.data.reduce((sum, value) => sum + value, 0) / frame.data.length,
        },
      ],
    },
    options,
  );

/** Any list, generator or Readable can be the source. */
function* fadeIn(): Generator<VideoFrame> {
  for (let index = 0; index < 3; index++) {
    const data = new Uint8Array(2 * 2 * 3).fill(index * 100);
    const picture = { width: 2, height: 2, data };
    const time = { source: 'made', timestamp: index, durationSeconds: 1 };
    yield { type: 'video-frame', tap: 'frames', index, ...time, ...picture };
  }
}

for await (const chunk of through(fadeIn(), createLightMeter())) {
  if (chunk.type === 'light') console.log(chunk.timestamp, chunk.level);
}
