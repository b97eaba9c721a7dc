// Synthesises a sound track of known parts, so that what is to be heard is known to the sample.

/** Hz. */
export const SAMPLE_RATE = 48_000;

/** Each makes a sound of about -1 to 1 from the seconds since it began. */
const silence = () => () => 0;

const tone = (hertz) => (time) => Math.sin(2 * Math.PI * hertz * time);

/** The same noise each time: Park and Miller's generator. */
const noise = () => {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 1_073_741_823.5 - 1;
  };
};

/** Four a second. */
const clicks = () => (time) => {
  const since = time % 0.25;
  return Math.exp(-since / 0.001) * Math.sin(2 * Math.PI * 2500 * since);
};

/** A melody of plucked notes over chords; the numbers are semitones above C. */
const music = () => {
  const melody = [12, 16, 19, 16, 21, 19, 16, 14, 17, 21, 24, 21];
  const chords = [
    [0, 4, 7],
    [-3, 0, 4],
    [-7, -3, 0],
  ];
  const notes = [
    ...melody.map((semitone, i) => ({ from: i / 4, semitone, level: 0.5 })),
    ...chords.flatMap((chord, i) => chord.map((semitone) => ({ from: i, semitone, level: 0.25 }))),
  ];
  return (time) =>
    notes.reduce(
      (sum, { from, semitone, level }) =>
        time < from ? sum : sum + level * pluck(261.63 * 2 ** (semitone / 12), time - from),
      0,
    );
};

const pluck = (hertz, time) =>
  [1, 2, 3, 4, 5].reduce(
    (sum, n) => sum + (Math.exp(-3 * n * time) / n) * Math.sin(2 * Math.PI * n * hertz * time),
    0,
  );

const part = (label, make, level = 1, seconds = 3) => ({ label, seconds, make, level });

/** What is to be heard, one after the other; each label says what sounds. */
export const SOUNDS = [
  part('a loud high tone', () => tone(2000), 0.4),
  part('quiet music', music, 0.03),
  part('loud noise', noise, 0.4),
  part('clicks', clicks, 0.5),
  part('silence', silence),
];

/** The parts as mono samples in one row: 32-bit floats in the machine's order of bytes. */
export function renderSound(sounds) {
  return Float32Array.from(
    sounds.flatMap(({ seconds, make, level }) => {
      const sound = make();
      return Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => level * sound(i / SAMPLE_RATE));
    }),
  );
}
