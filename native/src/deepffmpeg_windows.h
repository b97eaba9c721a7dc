/* Cuts sound into windows by the rules of decode (packages/ffmpeg-filters) and createWindower (packages/core). */
#ifndef AVFILTER_DEEPFFMPEG_WINDOWS_H
#define AVFILTER_DEEPFFMPEG_WINDOWS_H

#include <stdint.h>

/** What was heard at once. Times are counted in samples. */
typedef struct SoundWindow {
    const float *samples;
    int count;
    int64_t start;
    int duration;         ///< less than `count` where sound from before was added to a last moment
} SoundWindow;

/** Takes a window; what it needs afterwards it copies. */
typedef int (*WindowSink)(void *opaque, const SoundWindow *window);

/** The samples without a gap so far: counted from their start, so that no error adds up. */
typedef struct SoundRun {
    int is_open;
    double start;         ///< seconds
    int64_t samples;
    double offsets[4];    ///< how far the last blocks' own times were from where the samples before them ended, in seconds
    int nb_offsets;
} SoundRun;

typedef struct WindowCutter {
    int rate, length, hop;
    SoundRun run;
    float *window;        ///< [length]
    int filled;           ///< samples of the window that is being filled
    int heard;            ///< of these, so many were in the window before
    int skip;             ///< samples to leave out before the next window, where windows do not touch
    int has_start, has_end;
    int64_t start;        ///< when the window begins; known when its first new sample comes
    int64_t end;          ///< when the last sample that came has ended
    int follows;          ///< a whole window ended where this one begins; its samples are still there until they are overwritten
    WindowSink sink;
    void *opaque;
} WindowCutter;

int ff_windows_init(WindowCutter *cutter, int rate, int length, int hop, WindowSink sink, void *opaque);

/**
 * A block that begins within 50 ms of where the last one ended follows it. A gap of up to half a second is heard as silence; at a longer
 * one, or where time runs back by more, windows begin anew.
 *
 * @param pts the block's own time, in samples
 */
int ff_windows_take(WindowCutter *cutter, const float *samples, int count, int64_t pts);

/** Hands over what is left, and begins anew. Less than a tenth of a window comes with as much sound before it as fits. */
int ff_windows_finish(WindowCutter *cutter);

void ff_windows_free(WindowCutter *cutter);

#endif
