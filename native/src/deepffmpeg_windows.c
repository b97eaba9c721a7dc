#include <math.h>
#include <string.h>

#include "libavutil/common.h"
#include "libavutil/error.h"
#include "libavutil/mem.h"
#include "deepffmpeg_windows.h"

/* Containers round the time of each packet to a tick, and that of a Vorbis packet may be a quarter of its block size off, though no sample
   is missing. */
#define PACKET_JITTER_SECONDS 0.05
/* The clock has moved when all of the last blocks are off to the same side by more than the coarsest usual tick, Matroska's. */
#define TICK_SECONDS 0.001
/* Clocks of containers are rounded: so far from where the last block ended, a block still follows it. */
#define JITTER_SECONDS 0.005
/* A lost packet or two: windows go on over such a gap, and hear silence in it. */
#define BRIDGED_SECONDS 0.5
/* Of a window: what is left at the end and is shorter would be padding rather than sound. */
#define SHORTEST_SHARE 0.1

int ff_windows_init(WindowCutter *cutter, int rate, int length, int hop, WindowSink sink, void *opaque)
{
    *cutter = (WindowCutter){ .rate = rate, .length = length, .hop = hop, .sink = sink, .opaque = opaque };
    cutter->window = av_malloc_array(length, sizeof(*cutter->window));
    return cutter->window ? 0 : AVERROR(ENOMEM);
}

void ff_windows_free(WindowCutter *cutter)
{
    av_freep(&cutter->window);
}

static int emit(WindowCutter *cutter)
{
    const SoundWindow window = { cutter->window, cutter->filled, cutter->start, cutter->filled };
    return cutter->sink(cutter->opaque, &window);
}

/* A whole window that ends with what is left; its time is that of the rest alone. */
static int emit_last(WindowCutter *cutter)
{
    int before = cutter->length - cutter->filled, ret;
    float *samples = av_malloc_array(cutter->length, sizeof(*samples));
    const SoundWindow window = { samples, cutter->length, cutter->start, cutter->filled };

    if (!samples)
        return AVERROR(ENOMEM);
    memcpy(samples, cutter->window + cutter->filled, before * sizeof(*samples)); // of the window before
    memcpy(samples + before, cutter->window, cutter->filled * sizeof(*samples));
    ret = cutter->sink(cutter->opaque, &window);
    av_free(samples);
    return ret;
}

static int move_on(WindowCutter *cutter)
{
    int ret = emit(cutter), kept = FFMAX(0, cutter->filled - cutter->hop);

    memmove(cutter->window, cutter->window + cutter->filled - kept, kept * sizeof(*cutter->window));
    cutter->has_start = 0;
    cutter->skip      = FFMAX(0, cutter->hop - cutter->filled);
    cutter->filled    = cutter->heard = kept;
    cutter->follows   = cutter->hop == cutter->length;
    return ret;
}

/* `samples` NULL: silence */
static int fill(WindowCutter *cutter, const float *samples, int count, int64_t start)
{
    for (int position = 0; position < count;) {
        int skipped = FFMIN(cutter->skip, count - position), part, ret;
        cutter->skip -= skipped;
        position     += skipped;
        if (position == count)
            break;
        if (!cutter->has_start) {
            cutter->start = start + position - cutter->filled;
            cutter->has_start = 1;
        }
        part = FFMIN(count - position, cutter->length - cutter->filled);
        if (samples)
            memcpy(cutter->window + cutter->filled, samples + position, part * sizeof(*samples));
        else
            memset(cutter->window + cutter->filled, 0, part * sizeof(*samples));
        cutter->filled += part;
        position       += part;
        if (cutter->filled == cutter->length && (ret = move_on(cutter)) < 0)
            return ret;
    }
    return 0;
}

static double end_of(const SoundRun *run, int rate)
{
    return run->start + run->samples / (double)rate;
}

/* When a block begins, in samples: where the run before it ends, unless there is a gap, or the clock has moved. */
static int64_t place(SoundRun *run, int rate, int64_t pts, int count)
{
    double offset = pts / (double)rate - end_of(run, rate), least, start;
    int is_one_sided = 1;

    if (!run->is_open || fabs(offset) > PACKET_JITTER_SECONDS) {
        *run = (SoundRun){ .is_open = 1, .start = pts / (double)rate };
    } else {
        if (run->nb_offsets == FF_ARRAY_ELEMS(run->offsets))
            memmove(run->offsets, run->offsets + 1, --run->nb_offsets * sizeof(*run->offsets));
        run->offsets[run->nb_offsets++] = offset;
        least = run->offsets[0];
        for (int i = 1; i < run->nb_offsets; i++)
            if (fabs(run->offsets[i]) < fabs(least))
                least = run->offsets[i];
        for (int i = 0; i < run->nb_offsets; i++)
            is_one_sided &= run->offsets[i] * least > 0;
        if (is_one_sided && run->nb_offsets == FF_ARRAY_ELEMS(run->offsets) && fabs(least) > TICK_SECONDS + 1.0 / rate) {
            run->start += least;
            run->nb_offsets = 0;
        }
    }
    start = end_of(run, rate);
    run->samples += count;
    return llrint(start * rate);
}

int ff_windows_take(WindowCutter *cutter, const float *samples, int count, int64_t pts)
{
    int64_t start = place(&cutter->run, cutter->rate, pts, count);
    int64_t gap = cutter->has_end ? start - cutter->end : 0;
    int ret = 0;

    if (FFABS(gap) > BRIDGED_SECONDS * cutter->rate)
        ret = ff_windows_finish(cutter);
    else if (gap > JITTER_SECONDS * cutter->rate)
        ret = fill(cutter, NULL, gap, start - gap);
    if (ret < 0 || (ret = fill(cutter, samples, count, start)) < 0)
        return ret;
    cutter->end = start + count;
    cutter->has_end = 1;
    return 0;
}

int ff_windows_finish(WindowCutter *cutter)
{
    int is_moment = cutter->follows && cutter->filled < SHORTEST_SHARE * cutter->length;
    int ret = cutter->filled <= cutter->heard ? 0 : is_moment ? emit_last(cutter) : emit(cutter);

    cutter->filled = cutter->heard = cutter->skip = cutter->has_start = cutter->follows = 0;
    return ret;
}
