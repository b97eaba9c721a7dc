/**
 * @file
 * Zero-shot classification of frames, or of the parts of them that a detector found, by an image-text model such as CLIP.
 *
 * Labels and probabilities go to the frame's metadata (lavfi.clip.*), and into its side data: to detected parts, or to a box of the
 * whole frame.
 */

#include "libavutil/avstring.h"
#include "libavutil/detection_bbox.h"
#include "libavutil/mem.h"
#include "libavutil/opt.h"
#include "libavutil/pixdesc.h"
#include "avfilter.h"
#include "filters.h"
#include "formats.h"
#include "video.h"
#include "deepffmpeg_boxes.h"
#include "deepffmpeg_picture.h"
#include "deepffmpeg_texts.h"
#include "deepffmpeg_tower.h"

#define MOST_BATCH 64

typedef struct ClipContext {
    const AVClass *class;

    char *model;         ///< path of the image tower
    char *texts_path;
    char *engine, *device;
    char *target;        ///< only parts with this label of the detector
    int boxes;           ///< parts instead of the whole frame
    int batch, top, all;
    double confidence, temperature, logit_scale;

    Texts texts;
    Tower tower;
    PictureTaker taker;
    size_t picture_length;          ///< numbers of one picture
    float *pictures;                ///< [room, picture_length]
    float *embeddings;              ///< [room, dimension]
    int room;
    float *similarities, *probabilities; ///< [labels], of one picture
    int *picked;
    AVFrame *waiting[MOST_BATCH];   ///< frames whose pictures are not a whole batch yet
    int nb_waiting;
} ClipContext;

#define OFFSET(x) offsetof(ClipContext, x)
#define FLAGS (AV_OPT_FLAG_FILTERING_PARAM | AV_OPT_FLAG_VIDEO_PARAM)

static const AVOption clip_options[] = {
    { "model",       "image tower: .pt for LibTorch, .onnx or .xml for OpenVINO",   OFFSET(model),       AV_OPT_TYPE_STRING, { .str = NULL },   .flags = FLAGS },
    { "texts",       "labels and their embeddings, of `deepffmpeg embed-labels`",   OFFSET(texts_path),  AV_OPT_TYPE_STRING, { .str = NULL },   .flags = FLAGS },
    { "engine",      "torch, openvino, or auto: by the ending of the model",        OFFSET(engine),      AV_OPT_TYPE_STRING, { .str = "auto" }, .flags = FLAGS },
    { "device",      "of the engine",                                               OFFSET(device),      AV_OPT_TYPE_STRING, { .str = "cpu" },  .flags = FLAGS },
    { "confidence",  "report labels from this probability on",                      OFFSET(confidence),  AV_OPT_TYPE_DOUBLE, { .dbl = 0.3 },    0, 1, FLAGS },
    { "top",         "most labels to report (of categories one a unit)",            OFFSET(top),         AV_OPT_TYPE_INT,    { .i64 = 4 },      1, 1000, FLAGS },
    { "all",         "also write every label's similarity and probability",         OFFSET(all),         AV_OPT_TYPE_BOOL,   { .i64 = 0 },      0, 1, FLAGS },
    { "boxes",       "classify detected parts instead of whole frames",             OFFSET(boxes),       AV_OPT_TYPE_BOOL,   { .i64 = 0 },      0, 1, FLAGS },
    { "target",      "only parts that the detector labelled so; sets boxes",        OFFSET(target),      AV_OPT_TYPE_STRING, { .str = NULL },   .flags = FLAGS },
    { "batch",       "whole frames in one run of the network",                      OFFSET(batch),       AV_OPT_TYPE_INT,    { .i64 = 1 },      1, MOST_BATCH, FLAGS },
    { "temperature", "divides the logits; 0: as the texts file says",               OFFSET(temperature), AV_OPT_TYPE_DOUBLE, { .dbl = 0 },      0, 1000, FLAGS },
    { "logit_scale", "in place of the model's; 0: as the texts file says",          OFFSET(logit_scale), AV_OPT_TYPE_DOUBLE, { .dbl = 0 },      0, 100000, FLAGS },
    { NULL }
};

AVFILTER_DEFINE_CLASS(clip);

static av_cold int init(AVFilterContext *ctx)
{
    ClipContext *s = ctx->priv;
    int ret;

    if (!s->model || !s->texts_path) {
        av_log(ctx, AV_LOG_ERROR, "option %s must be set\n", s->model ? "texts" : "model");
        return AVERROR(EINVAL);
    }
    if ((ret = ff_texts_read(ctx, &s->texts, s->texts_path, AVMEDIA_TYPE_VIDEO)) < 0)
        return ret;
    if (s->temperature > 0)
        s->texts.temperature = s->temperature;
    if (s->logit_scale > 0)
        s->texts.scale = s->logit_scale;
    if (s->target && !s->target[0])
        av_freep(&s->target); // "target=": any part, as if it were left out
    s->boxes |= s->target != NULL;
    s->picture_length = 3 * (size_t)s->texts.picture.width * s->texts.picture.height;
    s->similarities   = av_malloc_array(s->texts.nb_labels, sizeof(*s->similarities));
    s->probabilities  = av_malloc_array(s->texts.nb_labels, sizeof(*s->probabilities));
    s->picked         = av_malloc_array(FFMAX(s->top, s->texts.nb_groups), sizeof(*s->picked));
    if (!s->similarities || !s->probabilities || !s->picked)
        return AVERROR(ENOMEM);
    ff_picture_init(&s->taker, &s->texts.picture);
    return 0;
}

/* Here and not in init, because the graph's threads are known now. */
static int config_input(AVFilterLink *inlink)
{
    AVFilterContext *ctx = inlink->dst;
    ClipContext *s = ctx->priv;
    const EngineConfig config = {
        .model = s->model, .device = s->device, .threads = FFMAX(1, ff_filter_get_nb_threads(ctx)), .batch = s->batch,
        .rank = 3, .shape = { 3, s->texts.picture.height, s->texts.picture.width }, .dimension = s->texts.dimension,
    };
    return s->tower.tower ? 0 : ff_tower_open(ctx, &s->tower, s->engine, &config);
}

static av_cold void uninit(AVFilterContext *ctx)
{
    ClipContext *s = ctx->priv;

    while (s->nb_waiting > 0)
        av_frame_free(&s->waiting[--s->nb_waiting]);
    ff_tower_close(&s->tower);
    ff_picture_free(&s->taker);
    ff_texts_free(&s->texts);
    av_freep(&s->pictures);
    av_freep(&s->embeddings);
    av_freep(&s->similarities);
    av_freep(&s->probabilities);
    av_freep(&s->picked);
}

static int query_formats(AVFilterContext *ctx)
{
    AVFilterFormats *formats = NULL;
    const AVPixFmtDescriptor *desc = NULL;
    int ret;

    while ((desc = av_pix_fmt_desc_next(desc))) {
        enum AVPixelFormat format = av_pix_fmt_desc_get_id(desc);
        if (ff_picture_supports(format) && (ret = ff_add_format(&formats, format)) < 0)
            return ret;
    }
    return ff_set_common_formats(ctx, formats);
}

static int reserve(ClipContext *s, int count)
{
    if (count <= s->room)
        return 0;
    float *pictures = av_realloc_array(s->pictures, count, s->picture_length * sizeof(*pictures));
    if (!pictures)
        return AVERROR(ENOMEM);
    s->pictures = pictures;
    float *embeddings = av_realloc_array(s->embeddings, count, s->texts.dimension * sizeof(*embeddings));
    if (!embeddings)
        return AVERROR(ENOMEM);
    s->embeddings = embeddings;
    s->room = count;
    return 0;
}

/* Scores the n-th embedding and writes what is worth reporting below `prefix`; gives how many labels that are, in `picked`. */
static int report(AVFilterContext *ctx, AVFrame *frame, int n, const char *prefix)
{
    ClipContext *s = ctx->priv;
    char key[128];
    int ret = ff_texts_score(ctx, &s->texts, s->embeddings + (size_t)n * s->texts.dimension, s->similarities, s->probabilities);
    if (ret < 0)
        return ret;
    int count = ff_texts_pick(&s->texts, s->probabilities, s->confidence, s->top, s->picked);
    if ((ret = ff_texts_write(&s->texts, &frame->metadata, prefix, s->picked, count, s->probabilities)) < 0 || !s->all)
        return ret < 0 ? ret : count;
    snprintf(key, sizeof(key), "%s.similarities", prefix);
    if ((ret = ff_texts_write_all(&s->texts, &frame->metadata, key, s->similarities)) < 0)
        return ret;
    snprintf(key, sizeof(key), "%s.probabilities", prefix);
    ret = ff_texts_write_all(&s->texts, &frame->metadata, key, s->probabilities);
    return ret < 0 ? ret : count;
}

static int is_wanted(const ClipContext *s, const AVDetectionBBox *box)
{
    return !ff_boxes_is_whole(box) && (!s->target || !strcmp(s->target, box->detect_label));
}

static void write_picked(const ClipContext *s, AVDetectionBBox *box, int count)
{
    for (int i = 0; i < count; i++)
        ff_boxes_classify(box, s->texts.labels[s->picked[i]].name, s->probabilities[s->picked[i]]);
}

static int report_whole(AVFilterContext *ctx, AVFrame *frame, int n)
{
    AVDetectionBBox *box;
    int ret = report(ctx, frame, n, "lavfi.clip");

    if (ret > 0) {
        int count = ret;
        if ((ret = ff_boxes_get_whole(frame, &box)) >= 0)
            write_picked(ctx->priv, box, count);
    }
    return ret;
}

static int classify_boxes(AVFilterContext *ctx, AVFrame *frame)
{
    ClipContext *s = ctx->priv;
    AVDetectionBBoxHeader *header;
    int count = 0, done = 0;
    int ret = ff_boxes_get(frame, &header);

    if (ret < 0 || !header)
        return ret;
    for (int b = 0; b < header->nb_bboxes; b++)
        count += is_wanted(s, av_get_detection_bbox(header, b));
    if (!count)
        return 0;
    if ((ret = reserve(s, count)) < 0)
        return ret;
    for (int b = 0; b < header->nb_bboxes; b++) {
        const AVDetectionBBox *box = av_get_detection_bbox(header, b);
        const PictureRegion region = { box->x, box->y, box->w, box->h };
        if (is_wanted(s, box) && (ret = ff_picture_take(ctx, &s->taker, frame, region, s->pictures + done++ * s->picture_length)) < 0)
            return ret;
    }
    if ((ret = ff_tower_run(ctx, &s->tower, s->pictures, count, s->embeddings)) < 0)
        return ret;
    done = 0;
    for (int b = 0; b < header->nb_bboxes; b++) {
        AVDetectionBBox *box = av_get_detection_bbox(header, b);
        char prefix[64];
        if (!is_wanted(s, box))
            continue;
        snprintf(prefix, sizeof(prefix), "lavfi.clip.box.%d", b);
        if ((ret = report(ctx, frame, done++, prefix)) < 0)
            return ret;
        write_picked(s, box, ret);
    }
    return 0;
}

/* Runs the network on what waits, and sends the frames on. */
static int flush(AVFilterContext *ctx)
{
    ClipContext *s = ctx->priv;
    int count = s->nb_waiting, sent = 0;
    int ret = count ? ff_tower_run(ctx, &s->tower, s->pictures, count, s->embeddings) : 0;

    for (; sent < count && ret >= 0; sent++) {
        if ((ret = report_whole(ctx, s->waiting[sent], sent)) < 0)
            break;
        ret = ff_filter_frame(ctx->outputs[0], s->waiting[sent]); // takes the frame also when it fails
        s->waiting[sent] = NULL;
    }
    while (s->nb_waiting > 0)
        av_frame_free(&s->waiting[--s->nb_waiting]);
    return ret;
}

static int take_frame(AVFilterContext *ctx, AVFrame *frame)
{
    ClipContext *s = ctx->priv;
    const PictureRegion whole = { 0, 0, frame->width, frame->height };
    int ret;

    if (ctx->is_disabled || s->boxes) {
        if ((ret = flush(ctx)) >= 0 && !ctx->is_disabled)
            ret = classify_boxes(ctx, frame);
        if (ret >= 0)
            return ff_filter_frame(ctx->outputs[0], frame);
    } else if ((ret = reserve(s, s->batch)) >= 0 &&
               (ret = ff_picture_take(ctx, &s->taker, frame, whole, s->pictures + s->nb_waiting * s->picture_length)) >= 0) {
        s->waiting[s->nb_waiting++] = frame;
        return s->nb_waiting == s->batch ? flush(ctx) : 0;
    }
    av_frame_free(&frame);
    return ret;
}

static int activate(AVFilterContext *ctx)
{
    AVFilterLink *inlink = ctx->inputs[0], *outlink = ctx->outputs[0];
    AVFrame *frame = NULL;
    int64_t pts;
    int status, ret;

    FF_FILTER_FORWARD_STATUS_BACK(outlink, inlink);
    while ((ret = ff_inlink_consume_frame(inlink, &frame)) > 0) {
        if ((ret = take_frame(ctx, frame)) < 0)
            return ret;
        if (!((ClipContext *)ctx->priv)->nb_waiting) {
            ff_filter_set_ready(ctx, 100); // there may be more
            return 0;
        }
    }
    if (ret < 0)
        return ret;
    if (ff_inlink_acknowledge_status(inlink, &status, &pts)) {
        ret = flush(ctx);
        ff_outlink_set_status(outlink, status, pts);
        return ret;
    }
    FF_FILTER_FORWARD_WANTED(outlink, inlink);
    return FFERROR_NOT_READY;
}

static const AVFilterPad clip_inputs[] = {
    { .name = "default", .type = AVMEDIA_TYPE_VIDEO, .config_props = config_input },
};

const AVFilter ff_vf_clip = {
    .name          = "clip",
    .description   = NULL_IF_CONFIG_SMALL("Score frames, or detected parts of them, against labels (CLIP)."),
    .priv_size     = sizeof(ClipContext),
    .priv_class    = &clip_class,
    .init          = init,
    .uninit        = uninit,
    .activate      = activate,
    .flags         = AVFILTER_FLAG_SUPPORT_TIMELINE_INTERNAL,
    FILTER_INPUTS(clip_inputs),
    FILTER_OUTPUTS(ff_video_default_filterpad),
    FILTER_QUERY_FUNC(query_formats),
};
