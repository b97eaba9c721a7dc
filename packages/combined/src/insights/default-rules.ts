import type { InsightRules } from './insight-rules.js';

/**
 * The rules of DeepFFMPEGVideoClassification's combined analysis. Their labels are those of its two files of categories, which the label
 * pack for combined analysis shares.
 */
export const defaultRules: InsightRules = {
  contentType: {
    topLabels: 3,
    types: [
      {
        name: 'Storytelling',
        points: {
          Storytelling: 1,
          StorytellingAudio: 1,
          Animation: 1,
          LiveAction: 1,
          Emotional: 1,
          IntenseAudio: 1,
        },
      },
      { name: 'Informational', points: { Informational: 1, InformationalAudio: 1, FactualAudio: 1 } },
      { name: 'Entertainment', points: { Exciting: 1, Lighthearted: 1, LightAudio: 1 } },
    ],
    unclassified: 'Unclassified Media',
    styles: [
      { label: 'Animation', subtype: 'Animated' },
      { label: 'LiveAction', subtype: 'Live Action' },
    ],
    moodSubtypes: [
      'Emotional',
      'Exciting',
      'Lighthearted',
      'Tense',
      'Imaginative',
      'EerieAudio',
      'IntenseAudio',
      'LightAudio',
      'EmotionalAudio',
    ],
  },
  resolution: {
    classes: [
      { name: '4K', width: 3840, height: 2160 },
      { name: 'Full HD', width: 1920, height: 1080 },
      { name: 'HD', width: 1280, height: 720 },
    ],
    otherwise: 'SD',
  },
  videoQuality: {
    labels: [
      {
        label: 'HighQuality',
        rating: 'High',
        factors: ['Professional camera work', 'Good lighting and composition'],
      },
      { label: 'LowQuality', rating: 'Standard', factors: ['Consumer-level production'] },
    ],
    byBitrate: {
      steps: [{ aboveMbps: 10, rating: 'High', factors: ['High bitrate ({mbps} Mbps)'] }],
      otherwise: { rating: 'Standard', factors: ['Standard bitrate ({mbps} Mbps)'] },
    },
  },
  audioQuality: {
    labels: [
      {
        label: 'ProfessionalRecording',
        rating: 'Professional',
        factors: ['Clear audio with good dynamic range', 'Professional post-processing'],
      },
      { label: 'BasicRecording', rating: 'Basic', factors: ['Standard audio quality'] },
    ],
    byLevels: {
      steps: [{ meanAboveDb: -20, maxAboveDb: -10, rating: 'Good', factors: ['Balanced audio levels'] }],
      otherwise: { rating: 'Basic', factors: ['Variable audio levels'] },
    },
    bySampleRate: { leastHz: 48_000, factor: 'Professional audio sampling rate' },
  },
  mood: {
    labels: [
      { modality: 'vision', label: 'Emotional', mood: 'Emotional' },
      { modality: 'vision', label: 'Exciting', mood: 'Exciting' },
      { modality: 'vision', label: 'Lighthearted', mood: 'Lighthearted' },
      { modality: 'vision', label: 'Tense', mood: 'Tense' },
      { modality: 'vision', label: 'Imaginative', mood: 'Imaginative' },
      { modality: 'audio', label: 'EmotionalAudio', mood: 'Emotional' },
      { modality: 'audio', label: 'IntenseAudio', mood: 'Intense' },
      { modality: 'audio', label: 'LightAudio', mood: 'Light' },
      { modality: 'audio', label: 'EerieAudio', mood: 'Eerie' },
      { modality: 'audio', label: 'FantasticalAudio', mood: 'Fantastical' },
    ],
    bySceneRate: {
      steps: [{ abovePerSecond: 0.5, mood: 'Fast-paced', confidence: 0.6 }],
      otherwise: { mood: 'Moderate', confidence: 0.5 },
    },
    mostParts: 5,
  },
  consistency: {
    steps: [
      { below: 0.3, name: 'Highly consistent' },
      { below: 0.6, name: 'Moderately consistent' },
    ],
    otherwise: 'Variable',
  },
  keyMoments: {
    most: 3,
    steps: [
      { above: 0.9, description: 'Major action/emotional moment' },
      { above: 0.7, description: 'Significant moment' },
    ],
    otherwise: 'Notable moment',
  },
  pacing: {
    steps: [
      { abovePerMinute: 20, name: 'Very Fast' },
      { abovePerMinute: 10, name: 'Fast' },
      { abovePerMinute: 5, name: 'Moderate' },
    ],
    otherwise: 'Slow',
  },
  narrative: {
    leastScenes: 3,
    fewScenes: 'Simple',
    structures: [
      { changes: ['rises', 'rises'], name: 'Rising Action' },
      { changes: ['falls', 'rises'], name: 'Complex (Setup-Conflict-Resolution)' },
      { changes: ['falls', 'falls'], name: 'Falling Action' },
    ],
    otherwise: 'Episodic',
  },
};
