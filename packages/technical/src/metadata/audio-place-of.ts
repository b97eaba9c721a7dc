/** Which of the audio streams has this index among all streams, as a document's `audio_streams` are numbered, from 0; -1 for none. */
export function audioPlaceOf(
  streams: readonly { readonly type: string; readonly index: number }[],
  index: number | null | undefined,
): number {
  return streams.filter(({ type }) => type === 'audio').findIndex((stream) => stream.index === index);
}
