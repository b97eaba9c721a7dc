/* From the samples of a window to what a model that hears takes. */
#ifndef AVFILTER_DEEPFFMPEG_LOG_MEL_H
#define AVFILTER_DEEPFFMPEG_LOG_MEL_H

#include "libavutil/tx.h"
#include "deepffmpeg_texts.h"

typedef struct MelFilter {
    int first, count;         ///< bins that it weighs; all others weigh nothing
    double *weights;
} MelFilter;

typedef struct SoundTaker {
    TextsSound wanted;
    int frames;               ///< of the spectrogram
    float *window;            ///< [wanted.window], filled up as the model has learnt it
    double *mirrored;         ///< the same with the mirror image of its ends before and after it
    double *hann, *frame, *power;
    AVComplexDouble *spectrum;
    MelFilter *filters;
    AVTXContext *fft;
    av_tx_fn transform;
} SoundTaker;

int ff_sound_init(SoundTaker *taker, const TextsSound *wanted);

/** The shape of what the model takes, without the batch: [channels, frames, bands] or [samples]; gives the rank. */
int ff_sound_shape(const SoundTaker *taker, int64_t shape[3]);

/**
 * Fills up a window and makes its log-mel spectrogram: frames that are centred on every hop-th sample, a periodic Hann window, power,
 * mel bands, dB. In float64: near the floor, float32 would be off by 0.2 dB.
 *
 * @param count 1 to wanted.window
 * @param target of the shape above
 */
void ff_sound_take(SoundTaker *taker, const float *samples, int count, float *target);

void ff_sound_free(SoundTaker *taker);

#endif
