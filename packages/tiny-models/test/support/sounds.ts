/** Mono samples at 16 kHz, two seconds of them: what the audio tower looks at at once. */
export const SAMPLE_RATE = 16_000;
export const SAMPLES = 2 * SAMPLE_RATE;

type SampleAt = (seconds: number) => number;

function soundOf(sampleAt: SampleAt): Float32Array {
  return Float32Array.from({ length: SAMPLES }, (_, i) => sampleAt(i / SAMPLE_RATE));
}

export const silence = (): Float32Array => soundOf(() => 0);

export const tone = (hertz: number, amplitude: number): Float32Array =>
  soundOf((t) => amplitude * Math.sin(2 * Math.PI * hertz * t));

/** White noise, the same at every call. */
export function noise(amplitude: number): Float32Array {
  let state = 1;
  return soundOf(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  });
}

/** Pulses of two milliseconds. */
export const clicks = (perSecond: number, amplitude: number): Float32Array =>
  soundOf((t) => ((t + 0.1) % (1 / perSecond) < 0.002 ? amplitude : 0));

/** A plucked tune over chords that change once a second. */
export function music(amplitude: number): Float32Array {
  const tune = [72, 76, 79, 84, 83, 79, 76, 74];
  const chords = [
    [48, 55, 64],
    [53, 60, 69],
  ];
  return soundOf((t) => {
    const note = tune[Math.floor(t * 4)]!;
    const plucked = Math.exp(-5 * (t % 0.25)) * (sineOf(note, t) + 0.4 * sineOf(note + 12, t));
    const held = chords[Math.floor(t)]!.reduce((sum, note) => sum + 0.25 * sineOf(note, t), 0);
    return (amplitude / 2) * (plucked + held);
  });
}

const sineOf = (note: number, t: number): number => Math.sin(2 * Math.PI * 440 * 2 ** ((note - 69) / 12) * t);

/** The first so many seconds of a sound, and silence after them. */
export const cutAfter = (seconds: number, sound: Float32Array): Float32Array =>
  sound.map((sample, i) => (i < seconds * SAMPLE_RATE ? sample : 0));
