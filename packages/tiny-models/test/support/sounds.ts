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

/** A tone that goes from one frequency to another, every octave as fast. */
export const sweep = (from: number, to: number, amplitude: number): Float32Array =>
  gliding((t) => from * (to / from) ** (t / 2), amplitude);

/** Up and down between two frequencies, three times in two seconds. */
export const wail = (amplitude: number): Float32Array =>
  gliding((t) => 600 * 2.2 ** Math.abs(((1.5 * t) % 1) * 2 - 1), amplitude);

/** A tone, with a little of its third harmonic, whose frequency changes. */
function gliding(hertzAt: SampleAt, amplitude: number): Float32Array {
  let phase = 0;
  return soundOf((t) => {
    phase += (2 * Math.PI * hertzAt(t)) / SAMPLE_RATE;
    return amplitude * (Math.sin(phase) + 0.1 * Math.sin(3 * phase));
  });
}

/** A church bell that is struck once a second: partials that are no harmonics. */
export const bell = (amplitude: number): Float32Array =>
  soundOf((t) =>
    [0.5, 1, 1.2, 1.5, 2, 2.6, 3, 4.1].reduce(
      (sum, ratio) =>
        sum +
        (amplitude / 3) * Math.exp(-2 * ratio * (t % 1)) * Math.sin(2 * Math.PI * 440 * ratio * (t % 1)),
      0,
    ),
  );

/** Two chirps a second of a cricket: pulses of one high tone. */
export const cricket = (amplitude: number): Float32Array =>
  soundOf((t) =>
    (2 * t) % 1 < 0.5
      ? amplitude * Math.max(0, Math.sin(2 * Math.PI * 32 * t)) * Math.sin(2 * Math.PI * 4400 * t)
      : 0,
  );

/** 50 Hz and many harmonics of it, of which the even ones are strong. */
export const hum = (amplitude: number): Float32Array =>
  soundOf((t) =>
    Array.from({ length: 20 }, (_, i) => i + 1).reduce(
      (sum, n) =>
        sum + (amplitude / n) * (n % 2 === 0 ? 1 : 0.5) * Math.sin(2 * Math.PI * 50 * n * t + n * n),
      0,
    ),
  );

/** Four beeps a second of a buzzer. */
export const buzzer = (amplitude: number): Float32Array =>
  soundOf((t) =>
    (4 * t) % 1 < 0.5
      ? amplitude * (Math.sin(2 * Math.PI * 2000 * t) + 0.4 * Math.sin(2 * Math.PI * 6000 * t))
      : 0,
  );

/** Two hollow thuds a second. */
export const steps = (amplitude: number): Float32Array =>
  soundOf((t) => amplitude * Math.exp(-(t % 0.5) / 0.03) * Math.sin(2 * Math.PI * 150 * (t % 0.5)));

/** As if through a microphone that cannot bear it. */
export const clipped = (sound: Float32Array, at: number): Float32Array =>
  sound.map((sample) => Math.max(-at, Math.min(at, sample)));

/** The first so many seconds of a sound, and silence after them. */
export const cutAfter = (seconds: number, sound: Float32Array): Float32Array =>
  sound.map((sample, i) => (i < seconds * SAMPLE_RATE ? sample : 0));
