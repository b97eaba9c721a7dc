#include <math.h>
#include <string.h>

#include "libavutil/imgutils.h"
#include "libavutil/mem.h"
#include "libavutil/pixdesc.h"
#include "libswscale/swscale.h"
#include "deepffmpeg_picture.h"

/* A part longer than this many times its width is cut down to its middle first: nobody could tell what is in it. */
#define LONGEST 32
/* Rows of SIMD code may be written beyond. */
#define PADDING 64

void ff_picture_init(PictureTaker *taker, const TextsPicture *wanted)
{
    taker->wanted = *wanted;
    // Rounded to float32 in between, as the reference computes.
    for (int c = 0; c < 3; c++)
        for (int value = 0; value < 256; value++)
            taker->table[c][value] = ((float)(value * wanted->rescale) - (float)wanted->mean[c]) / (float)wanted->std[c];
}

void ff_picture_free(PictureTaker *taker)
{
    sws_freeContext(taker->sws);
    taker->sws = NULL;
    av_freep(&taker->rgb);
}

int ff_picture_supports(enum AVPixelFormat format)
{
    const AVPixFmtDescriptor *desc = av_pix_fmt_desc_get(format);
    // Of the others a part cannot be pointed at.
    return sws_isSupportedInput(format) &&
           !(desc->flags & (AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BAYER));
}

/* The part inside the frame, from a whole column and row of its chroma on, and not too long. */
static PictureRegion clamp_region(const AVFrame *frame, const AVPixFmtDescriptor *desc, PictureRegion region)
{
    int x = av_clip(region.x, 0, frame->width - 1), y = av_clip(region.y, 0, frame->height - 1);
    int64_t right = FFMIN((int64_t)region.x + region.width, frame->width), bottom = FFMIN((int64_t)region.y + region.height, frame->height);
    int width = FFMAX(right - x, 1), height = FFMAX(bottom - y, 1);

    if (width > (int64_t)height * LONGEST) {
        x += (width - height * LONGEST) / 2;
        width = height * LONGEST;
    } else if (height > (int64_t)width * LONGEST) {
        y += (height - width * LONGEST) / 2;
        height = width * LONGEST;
    }
    int left = x & ~((1 << desc->log2_chroma_w) - 1), top = y & ~((1 << desc->log2_chroma_h) - 1);
    return (PictureRegion){ left, top, width + x - left, height + y - top };
}

/* The sizes that `shortest` leaves open, rounded as the models' image processors do. */
static void place(const TextsPicture *wanted, double width, double height, int *to_width, int *to_height)
{
    int longest = floor(wanted->shortest * FFMAX(width, height) / FFMIN(width, height));
    *to_width  = !wanted->shortest ? wanted->width  : width <= height ? wanted->shortest : longest;
    *to_height = !wanted->shortest ? wanted->height : width <= height ? longest : wanted->shortest;
}

void ff_picture_set_colours(struct SwsContext *sws, const AVFrame *frame)
{
    int *inverse, *table, range, target_range, brightness, contrast, saturation;

    if (sws_getColorspaceDetails(sws, &inverse, &range, &table, &target_range, &brightness, &contrast, &saturation) >= 0)
        sws_setColorspaceDetails(sws, sws_getCoefficients(frame->colorspace),
                                 frame->color_range == AVCOL_RANGE_UNSPECIFIED ? range : frame->color_range == AVCOL_RANGE_JPEG,
                                 table, 1, brightness, contrast, saturation);
}

static int scale(void *log, PictureTaker *taker, const AVFrame *frame, PictureRegion region, int width, int height)
{
    const AVPixFmtDescriptor *desc = av_pix_fmt_desc_get(frame->format);
    const uint8_t *source[4] = { 0 };
    uint8_t *target[4] = { NULL };
    int stride = width * 3, target_strides[4] = { stride };
    size_t size = (size_t)stride * height + PADDING;

    if (taker->rgb_size < size) {
        taker->rgb_size = 0;
        av_freep(&taker->rgb);
        if (!(taker->rgb = av_malloc(size)))
            return AVERROR(ENOMEM);
        taker->rgb_size = size;
    }
    target[0] = taker->rgb;
    // The cubic of the reference (B = 0, C = 0.5); the default flags round coarsely and take colour from every other column.
    taker->sws = sws_getCachedContext(taker->sws, region.width, region.height, frame->format, width, height, AV_PIX_FMT_RGB24,
                                      (taker->wanted.is_bilinear ? SWS_BILINEAR : SWS_BICUBIC) | SWS_ACCURATE_RND |
                                          SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP,
                                      NULL, NULL, taker->wanted.is_bilinear ? NULL : (const double[]){ 0, 0.5 });
    if (!taker->sws) {
        av_log(log, AV_LOG_ERROR, "a part of %dx%d pixels of %s cannot be scaled\n", region.width, region.height, desc->name);
        return AVERROR(EINVAL);
    }
    ff_picture_set_colours(taker->sws, frame);
    for (int p = 0; p < 4 && frame->data[p]; p++) {
        int is_chroma = p == 1 || p == 2;
        source[p] = frame->data[p] + (region.y >> (is_chroma ? desc->log2_chroma_h : 0)) * (ptrdiff_t)frame->linesize[p] +
                    av_image_get_linesize(frame->format, region.x, p);
    }
    int rows = sws_scale(taker->sws, source, frame->linesize, 0, region.height, target, target_strides);
    return rows == height ? 0 : rows < 0 ? rows : AVERROR_EXTERNAL;
}

static void normalise(const PictureTaker *taker, const uint8_t *rgb, ptrdiff_t stride, float *planes)
{
    int width = taker->wanted.width, height = taker->wanted.height;
    size_t plane = (size_t)width * height;

    for (int y = 0; y < height; y++, rgb += stride) {
        float *red = planes + (size_t)y * width, *green = red + plane, *blue = green + plane;
        for (int x = 0; x < width; x++) {
            red[x]   = taker->table[0][rgb[3 * x]];
            green[x] = taker->table[1][rgb[3 * x + 1]];
            blue[x]  = taker->table[2][rgb[3 * x + 2]];
        }
    }
}

int ff_picture_take(void *log, PictureTaker *taker, const AVFrame *frame, PictureRegion region, float *planes)
{
    const TextsPicture *wanted = &taker->wanted;
    const AVPixFmtDescriptor *desc = av_pix_fmt_desc_get(frame->format);
    AVRational ratio = frame->sample_aspect_ratio;
    int width, height, ret;

    if (frame->format == AV_PIX_FMT_RGB24 && frame->width == wanted->width && frame->height == wanted->height &&
        !region.x && !region.y && region.width == wanted->width && region.height == wanted->height) {
        normalise(taker, frame->data[0], frame->linesize[0], planes);
        return 0;
    }
    region = clamp_region(frame, desc, region);
    place(wanted, region.width * (ratio.num > 0 && ratio.den > 0 ? av_q2d(ratio) : 1), region.height, &width, &height);
    if ((ret = av_image_check_size(width, height, 0, log)) < 0 || (ret = scale(log, taker, frame, region, width, height)) < 0)
        return ret;
    normalise(taker, taker->rgb + ((size_t)(height - wanted->height) / 2 * width + (width - wanted->width) / 2) * 3, width * 3, planes);
    return 0;
}
