import type { PromptSet } from '@deepffmpeg/core';

/** What to ask an audio-text model of a sound, for `soundShares` to tell how much of it is speech and how much music. */
export const soundSharePrompts: PromptSet = {
  name: 'sound shares',
  kind: 'labels',
  groups: [
    {
      name: 'sound',
      labels: [
        {
          label: 'speech',
          sentences: [
            'This is a sound of a person speaking.',
            'A man is talking.',
            'A woman is talking.',
            'Several people are having a conversation.',
            'A narrator is reading a text aloud.',
            'Somebody gives a speech to an audience.',
          ],
        },
        {
          label: 'music',
          sentences: [
            'This is a sound of music.',
            'A band is playing a song.',
            'An orchestra is playing.',
            'Someone is playing a musical instrument.',
            'A singer is singing to music.',
            'Electronic music with a beat.',
          ],
        },
        {
          label: 'other',
          sentences: [
            'This is a sound of noise without speech or music.',
            'Silence with a faint background hum.',
            'Traffic and machines can be heard.',
            'Wind, rain or water can be heard.',
            'Animals or birds are calling.',
            'Things are being moved, dropped or knocked.',
          ],
        },
      ],
    },
  ],
};
