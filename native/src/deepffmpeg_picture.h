/* From a frame, or a part of it, to what a model that sees takes. */
#ifndef AVFILTER_DEEPFFMPEG_PICTURE_H
#define AVFILTER_DEEPFFMPEG_PICTURE_H

#include "libavutil/frame.h"
#include "deepffmpeg_texts.h"

struct SwsContext;

typedef struct PictureTaker {
    TextsPicture wanted;
    float table[3][256];      ///< normalised value of each 8 bit value of red, green and blue
    struct SwsContext *sws;
    uint8_t *rgb;             ///< the scaled picture before the centre is cut out
    size_t rgb_size;
} PictureTaker;

typedef struct PictureRegion {
    int x, y, width, height;  ///< pixels of the frame
} PictureRegion;

void ff_picture_init(PictureTaker *taker, const TextsPicture *wanted);

/**
 * Scales a part of a frame as the model's reference does, by the frame's own colour matrix and range, cuts out the centre and
 * normalises it. A whole frame in RGB24 that has the size already is taken as it is.
 *
 * @param planes [3, height, width]
 */
int ff_picture_take(void *log, PictureTaker *taker, const AVFrame *frame, PictureRegion region, float *planes);

/** Has a scaler read a frame by the frame's own colour matrix and range: without it all video would be taken for BT.601. */
void ff_picture_set_colours(struct SwsContext *sws, const AVFrame *frame);

/** Whether frames of a pixel format can be taken. */
int ff_picture_supports(enum AVPixelFormat format);

void ff_picture_free(PictureTaker *taker);

#endif
