#include <math.h>
#include <string.h>

#include "libavutil/mathematics.h"
#include "libavutil/mem.h"
#include "deepffmpeg_log_mel.h"

/* Power below it counts as this much, -100 dB. */
#define FLOOR 1e-10

/* Slaney's scale is straight up to 1000 Hz and logarithmic from there on (Auditory Toolbox, 1998); HTK's is one logarithm. */
#define SLANEY_HZ_PER_MEL (200.0 / 3)
#define SLANEY_CORNER_HZ 1000.0
#define SLANEY_CORNER_MEL 15.0
#define SLANEY_PER_OCTAVE (27 / log(6.4))

static double to_mel(int is_htk, double hz)
{
    if (is_htk)
        return 2595 * log10(1 + hz / 700);
    return hz < SLANEY_CORNER_HZ ? hz / SLANEY_HZ_PER_MEL : SLANEY_CORNER_MEL + log(hz / SLANEY_CORNER_HZ) * SLANEY_PER_OCTAVE;
}

static double to_hz(int is_htk, double mel)
{
    if (is_htk)
        return 700 * (pow(10, mel / 2595) - 1);
    return mel < SLANEY_CORNER_MEL ? mel * SLANEY_HZ_PER_MEL : SLANEY_CORNER_HZ * exp((mel - SLANEY_CORNER_MEL) / SLANEY_PER_OCTAVE);
}

/* Triangles whose corners lie evenly on the mel scale. Slaney's are divided by their width, so that all have one area. */
static int make_filter(MelFilter *filter, const TextsSound *wanted, int band)
{
    double lowest = to_mel(wanted->is_htk, wanted->lowest_hz), highest = to_mel(wanted->is_htk, wanted->highest_hz);
    double step = (highest - lowest) / (wanted->bands + 1);
    double start = to_hz(wanted->is_htk, lowest + step * band), peak = to_hz(wanted->is_htk, lowest + step * (band + 1));
    double end = to_hz(wanted->is_htk, lowest + step * (band + 2));
    double height = wanted->is_htk ? 1 : 2 / (end - start);
    double hz_per_bin = (wanted->sample_rate / 2) / (wanted->fft_size / 2.0);
    int last = FFMIN(wanted->fft_size / 2 + 1, ceil(end / hz_per_bin));

    filter->first = FFMAX(0, (int)floor(start / hz_per_bin) + 1); // the bin at `start` itself weighs nothing
    filter->count = FFMAX(0, last - filter->first);
    filter->weights = av_calloc(FFMAX(1, filter->count), sizeof(*filter->weights));
    if (!filter->weights)
        return AVERROR(ENOMEM);
    for (int i = 0; i < filter->count; i++) {
        double hz = (filter->first + i) * hz_per_bin;
        filter->weights[i] = height * FFMIN((hz - start) / (peak - start), (end - hz) / (end - peak));
    }
    return 0;
}

int ff_sound_init(SoundTaker *taker, const TextsSound *wanted)
{
    int size = wanted->fft_size, ret;
    double scale = 1;

    taker->wanted = *wanted;
    if (!(taker->window = av_malloc_array(wanted->window, sizeof(*taker->window))))
        return AVERROR(ENOMEM);
    if (!wanted->bands)
        return 0;
    taker->frames   = 1 + wanted->window / wanted->hop;
    taker->mirrored = av_malloc_array(wanted->window + size, sizeof(*taker->mirrored));
    taker->hann     = av_malloc_array(size, sizeof(*taker->hann));
    taker->frame    = av_malloc_array(size, sizeof(*taker->frame));
    taker->power    = av_malloc_array(size / 2 + 1, sizeof(*taker->power));
    taker->spectrum = av_malloc_array(size / 2 + 1, sizeof(*taker->spectrum));
    taker->filters  = av_calloc(wanted->bands, sizeof(*taker->filters));
    if (!taker->mirrored || !taker->hann || !taker->frame || !taker->power || !taker->spectrum || !taker->filters)
        return AVERROR(ENOMEM);
    for (int i = 0; i < size; i++)
        taker->hann[i] = 0.5 - 0.5 * cos(2 * M_PI * i / size);
    for (int band = 0; band < wanted->bands; band++)
        if ((ret = make_filter(&taker->filters[band], wanted, band)) < 0)
            return ret;
    return av_tx_init(&taker->fft, &taker->transform, AV_TX_DOUBLE_RDFT, 0, size, &scale, 0);
}

void ff_sound_free(SoundTaker *taker)
{
    for (int band = 0; taker->filters && band < taker->wanted.bands; band++)
        av_free(taker->filters[band].weights);
    av_freep(&taker->filters);
    av_freep(&taker->window);
    av_freep(&taker->mirrored);
    av_freep(&taker->hann);
    av_freep(&taker->frame);
    av_freep(&taker->power);
    av_freep(&taker->spectrum);
    av_tx_uninit(&taker->fft);
}

int ff_sound_shape(const SoundTaker *taker, int64_t shape[3])
{
    shape[0] = taker->wanted.bands ? taker->wanted.channels : taker->wanted.window;
    shape[1] = taker->frames;
    shape[2] = taker->wanted.bands;
    return taker->wanted.bands ? 3 : 1;
}

/* As the models' processors do: `pad` adds silence; `repeat` repeats to the end; `repeatpad` as often as it fits whole. */
static void fill(SoundTaker *taker, const float *samples, int count)
{
    int length = taker->wanted.window, end;
    const char *padding = taker->wanted.padding;

    end = !strcmp(padding, "pad") ? count : !strcmp(padding, "repeat") ? length : length - length % count;
    memset(taker->window, 0, length * sizeof(*taker->window));
    for (int start = 0; start < end; start += count)
        memcpy(taker->window + start, samples, FFMIN(count, length - start) * sizeof(*samples));
}

/* The ends are mirrored, without the end itself. */
static void mirror(SoundTaker *taker)
{
    int length = taker->wanted.window, half = taker->wanted.fft_size / 2;
    double *middle = taker->mirrored + half;

    for (int i = 0; i < length; i++)
        middle[i] = taker->window[i];
    for (int i = 1; i <= half; i++) {
        middle[-i] = middle[i];
        middle[length - 1 + i] = middle[length - 1 - i];
    }
}

void ff_sound_take(SoundTaker *taker, const float *samples, int count, float *target)
{
    const TextsSound *wanted = &taker->wanted;
    size_t channel = (size_t)taker->frames * wanted->bands;

    fill(taker, samples, count);
    if (!wanted->bands) {
        memcpy(target, taker->window, wanted->window * sizeof(*target));
        return;
    }
    mirror(taker);
    for (int t = 0; t < taker->frames; t++) {
        for (int i = 0; i < wanted->fft_size; i++)
            taker->frame[i] = taker->mirrored[(size_t)t * wanted->hop + i] * taker->hann[i];
        taker->transform(taker->fft, taker->spectrum, taker->frame, sizeof(double));
        for (int bin = 0; bin <= wanted->fft_size / 2; bin++)
            taker->power[bin] = taker->spectrum[bin].re * taker->spectrum[bin].re + taker->spectrum[bin].im * taker->spectrum[bin].im;
        for (int band = 0; band < wanted->bands; band++) {
            const MelFilter *filter = &taker->filters[band];
            double sum = 0;
            for (int i = 0; i < filter->count; i++)
                sum += taker->power[filter->first + i] * filter->weights[i];
            *target++ = 10 * log10(FFMAX(FLOOR, sum));
        }
    }
    // Fusion wants a whole recording and three parts of it; where the window is the whole, all are the same.
    for (int c = 1; c < wanted->channels; c++, target += channel)
        memcpy(target, target - channel, channel * sizeof(*target));
}
