/**
 * @file
 * Zero-shot classification of sound by an audio-text model such as CLAP.
 *
 * Sound is heard in windows; each leaves as one frame, mono and at the model's rate, with labels, probabilities, start and duration
 * in its metadata (lavfi.clap.*). What is to stay as it was goes around the filter by asplit.
 */

#include "libavutil/channel_layout.h"
#include "libavutil/mem.h"
#include "libavutil/opt.h"
#include "libswresample/swresample.h"
#include "audio.h"
#include "avfilter.h"
#include "filters.h"
#include "formats.h"
#include "deepffmpeg_log_mel.h"
#include "deepffmpeg_texts.h"
#include "deepffmpeg_tower.h"
#include "deepffmpeg_windows.h"

/* Taps of the resampler: fixed, so that results are the same on every build of ffmpeg. */
#define FILTER_SIZE 64
/* Taken at a time from what is left in the resampler at the end. */
#define LAST_SAMPLES 4096

typedef struct ClapContext {
    const AVClass *class;

    char *model;          ///< path of the audio tower
    char *texts_path;
    char *engine, *device;
    int top, all;
    double confidence, temperature, logit_scale;
    double window, hop;   ///< seconds; 0: the model's window, and the window

    Texts texts;
    Tower tower;
    SoundTaker taker;
    WindowCutter cutter;
    SwrContext *swr;      ///< NULL: the input is mono of the model's rate already
    float *mono;          ///< [mono_room], out of the resampler
    int mono_room;
    int64_t next;         ///< when the next sample begins, for frames without time
    int64_t origin;       ///< whole seconds that the resampler's clock leaves out: its ticks are too fine for the time of day
    int has_origin;
    float *item, *embedding, *similarities, *probabilities;
    int *picked;
} ClapContext;

#define OFFSET(x) offsetof(ClapContext, x)
#define FLAGS (AV_OPT_FLAG_FILTERING_PARAM | AV_OPT_FLAG_AUDIO_PARAM)

static const AVOption clap_options[] = {
    { "model",       "audio tower: .pt for LibTorch, .onnx or .xml for OpenVINO",      OFFSET(model),       AV_OPT_TYPE_STRING, { .str = NULL },   .flags = FLAGS },
    { "texts",       "labels and their embeddings, of `deepffmpeg embed-labels`",      OFFSET(texts_path),  AV_OPT_TYPE_STRING, { .str = NULL },   .flags = FLAGS },
    { "engine",      "torch, openvino, or auto: by the ending of the model",           OFFSET(engine),      AV_OPT_TYPE_STRING, { .str = "auto" }, .flags = FLAGS },
    { "device",      "of the engine",                                                  OFFSET(device),      AV_OPT_TYPE_STRING, { .str = "cpu" },  .flags = FLAGS },
    { "window",      "seconds heard at once; 0: the model's",                          OFFSET(window),      AV_OPT_TYPE_DOUBLE, { .dbl = 0 },      0, 3600, FLAGS },
    { "hop",         "seconds from the start of a window to the next; 0: the window",  OFFSET(hop),         AV_OPT_TYPE_DOUBLE, { .dbl = 0 },      0, 3600, FLAGS },
    { "confidence",  "report labels from this probability on",                         OFFSET(confidence),  AV_OPT_TYPE_DOUBLE, { .dbl = 0.3 },    0, 1, FLAGS },
    { "top",         "most labels to report (of categories one a unit)",               OFFSET(top),         AV_OPT_TYPE_INT,    { .i64 = 4 },      1, 1000, FLAGS },
    { "all",         "also write every label's similarity and probability",            OFFSET(all),         AV_OPT_TYPE_BOOL,   { .i64 = 0 },      0, 1, FLAGS },
    { "temperature", "divides the logits; 0: as the texts file says",                  OFFSET(temperature), AV_OPT_TYPE_DOUBLE, { .dbl = 0 },      0, 1000, FLAGS },
    { "logit_scale", "in place of the model's; 0: as the texts file says",             OFFSET(logit_scale), AV_OPT_TYPE_DOUBLE, { .dbl = 0 },      0, 100000, FLAGS },
    { NULL }
};

AVFILTER_DEFINE_CLASS(clap);

static int hear(void *opaque, const SoundWindow *window);

static av_cold int init(AVFilterContext *ctx)
{
    ClapContext *s = ctx->priv;
    const TextsSound *sound = &s->texts.sound;
    int64_t shape[3], length = 1, window, hop;
    int ret, rank;

    if (!s->model || !s->texts_path) {
        av_log(ctx, AV_LOG_ERROR, "option %s must be set\n", s->model ? "texts" : "model");
        return AVERROR(EINVAL);
    }
    if ((ret = ff_texts_read(ctx, &s->texts, s->texts_path, AVMEDIA_TYPE_AUDIO)) < 0 || (ret = ff_sound_init(&s->taker, sound)) < 0)
        return ret;
    if (s->temperature > 0)
        s->texts.temperature = s->temperature;
    if (s->logit_scale > 0)
        s->texts.scale = s->logit_scale;
    window = s->window > 0 ? llrint(s->window * sound->sample_rate) : sound->window;
    hop    = s->hop > 0 ? llrint(s->hop * sound->sample_rate) : window;
    if (window < 1 || window > sound->window || hop < 1) {
        av_log(ctx, AV_LOG_ERROR, "option %s: at least a sample at %d Hz, and at most the %g s that the model hears, was expected\n",
               window < 1 || window > sound->window ? "window" : "hop", sound->sample_rate, sound->window / (double)sound->sample_rate);
        return AVERROR(EINVAL);
    }
    rank = ff_sound_shape(&s->taker, shape);
    for (int i = 0; i < rank; i++)
        length *= shape[i];
    s->item          = av_malloc_array(length, sizeof(*s->item));
    s->embedding     = av_malloc_array(s->texts.dimension, sizeof(*s->embedding));
    s->similarities  = av_malloc_array(s->texts.nb_labels, sizeof(*s->similarities));
    s->probabilities = av_malloc_array(s->texts.nb_labels, sizeof(*s->probabilities));
    s->picked        = av_malloc_array(FFMAX(s->top, s->texts.nb_groups), sizeof(*s->picked));
    if (!s->item || !s->embedding || !s->similarities || !s->probabilities || !s->picked)
        return AVERROR(ENOMEM);
    return ff_windows_init(&s->cutter, sound->sample_rate, window, hop, hear, ctx);
}

static av_cold void uninit(AVFilterContext *ctx)
{
    ClapContext *s = ctx->priv;

    ff_tower_close(&s->tower);
    ff_sound_free(&s->taker);
    ff_windows_free(&s->cutter);
    ff_texts_free(&s->texts);
    swr_free(&s->swr);
    av_freep(&s->mono);
    av_freep(&s->item);
    av_freep(&s->embedding);
    av_freep(&s->similarities);
    av_freep(&s->probabilities);
    av_freep(&s->picked);
}

static int query_formats(AVFilterContext *ctx)
{
    static const enum AVSampleFormat sample_formats[] = { AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_NONE };
    const ClapContext *s = ctx->priv;
    AVFilterFormats *rates = NULL;
    AVFilterChannelLayouts *layouts = NULL;
    int ret;

    // Any sound comes in: what ffmpeg would put before the filter mixes to mono 3 dB louder than models have learnt it.
    if ((ret = ff_formats_ref(ff_all_formats(AVMEDIA_TYPE_AUDIO), &ctx->inputs[0]->outcfg.formats)) < 0 ||
        (ret = ff_formats_ref(ff_all_samplerates(), &ctx->inputs[0]->outcfg.samplerates)) < 0 ||
        (ret = ff_channel_layouts_ref(ff_all_channel_counts(), &ctx->inputs[0]->outcfg.channel_layouts)) < 0)
        return ret;
    if ((ret = ff_add_format(&rates, s->texts.sound.sample_rate)) < 0 ||
        (ret = ff_add_channel_layout(&layouts, &(AVChannelLayout)AV_CHANNEL_LAYOUT_MONO)) < 0 ||
        (ret = ff_formats_ref(ff_make_format_list((const int *)sample_formats), &ctx->outputs[0]->incfg.formats)) < 0 ||
        (ret = ff_formats_ref(rates, &ctx->outputs[0]->incfg.samplerates)) < 0)
        return ret;
    return ff_channel_layouts_ref(layouts, &ctx->outputs[0]->incfg.channel_layouts);
}

/* Mono is the mean of the channels, as the models' own libraries have it. */
static int open_resampler(AVFilterContext *ctx, AVFilterLink *inlink)
{
    ClapContext *s = ctx->priv;
    const AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    int rate = s->texts.sound.sample_rate, channels = inlink->ch_layout.nb_channels, ret;
    double *mean;

    swr_free(&s->swr);
    s->origin = s->has_origin = 0;
    if (inlink->format == AV_SAMPLE_FMT_FLT && channels == 1 && inlink->sample_rate == rate)
        return 0;
    if ((ret = swr_alloc_set_opts2(&s->swr, &mono, AV_SAMPLE_FMT_FLT, rate, &inlink->ch_layout, inlink->format, inlink->sample_rate, 0, ctx)) < 0)
        return ret;
    if (!(mean = av_malloc_array(channels, sizeof(*mean))))
        return AVERROR(ENOMEM);
    for (int c = 0; c < channels; c++)
        mean[c] = 1.0 / channels;
    ret = swr_set_matrix(s->swr, mean, channels);
    av_free(mean);
    if (ret < 0 || (ret = av_opt_set_int(s->swr, "filter_size", FILTER_SIZE, 0)) < 0)
        return ret;
    return swr_init(s->swr);
}

/* The tower is opened here and not in init, because the graph's threads are known now. */
static int config_input(AVFilterLink *inlink)
{
    AVFilterContext *ctx = inlink->dst;
    ClapContext *s = ctx->priv;
    EngineConfig config = {
        .model = s->model, .device = s->device, .threads = FFMAX(1, ff_filter_get_nb_threads(ctx)), .batch = 1, .dimension = s->texts.dimension,
    };
    int ret = open_resampler(ctx, inlink);

    config.rank = ff_sound_shape(&s->taker, config.shape);
    return ret < 0 || s->tower.tower ? ret : ff_tower_open(ctx, &s->tower, s->engine, &config);
}

static int config_output(AVFilterLink *outlink)
{
    outlink->time_base = (AVRational){ 1, outlink->sample_rate };
    return 0;
}

static int report(AVFilterContext *ctx, AVFrame *frame, const SoundWindow *window)
{
    ClapContext *s = ctx->priv;
    double rate = s->texts.sound.sample_rate;
    char number[32];
    int count, ret = ff_texts_score(ctx, &s->texts, s->embedding, s->similarities, s->probabilities);

    if (ret < 0)
        return ret;
    snprintf(number, sizeof(number), "%.6f", window->start / rate);
    if ((ret = av_dict_set(&frame->metadata, "lavfi.clap.start", number, 0)) < 0)
        return ret;
    snprintf(number, sizeof(number), "%.6f", window->duration / rate);
    if ((ret = av_dict_set(&frame->metadata, "lavfi.clap.duration", number, 0)) < 0)
        return ret;
    count = ff_texts_pick(&s->texts, s->probabilities, s->confidence, s->top, s->picked);
    if ((ret = ff_texts_write(&s->texts, &frame->metadata, "lavfi.clap", s->picked, count, s->probabilities)) < 0 || !s->all)
        return ret;
    if ((ret = ff_texts_write_all(&s->texts, &frame->metadata, "lavfi.clap.similarities", s->similarities)) < 0)
        return ret;
    return ff_texts_write_all(&s->texts, &frame->metadata, "lavfi.clap.probabilities", s->probabilities);
}

/* Scores a window and sends it on: where windows overlap, as much of it as the next does not hold. */
static int hear(void *opaque, const SoundWindow *window)
{
    AVFilterContext *ctx = opaque;
    ClapContext *s = ctx->priv;
    AVFilterLink *outlink = ctx->outputs[0];
    int is_whole = window->count == s->cutter.length && window->duration == window->count;
    int length = is_whole ? FFMIN(window->duration, s->cutter.hop) : window->duration, ret;
    AVFrame *frame;

    ff_sound_take(&s->taker, window->samples, window->count, s->item);
    if ((ret = ff_tower_run(ctx, &s->tower, s->item, 1, s->embedding)) < 0)
        return ret;
    if (!(frame = ff_get_audio_buffer(outlink, length)))
        return AVERROR(ENOMEM);
    memcpy(frame->data[0], window->samples + window->count - window->duration, length * sizeof(float));
    frame->pts = window->start;
    if ((ret = report(ctx, frame, window)) < 0) {
        av_frame_free(&frame);
        return ret;
    }
    return ff_filter_frame(outlink, frame);
}

/* Resamples, and cuts what comes out into windows; gives how many samples came. `frame` NULL: what is left in the resampler. */
static int resample(AVFilterContext *ctx, const AVFrame *frame, int64_t start)
{
    ClapContext *s = ctx->priv;
    int room = frame ? swr_get_out_samples(s->swr, frame->nb_samples) : LAST_SAMPLES, count;

    if (room < 0)
        return room;
    if (room > s->mono_room) {
        int ret = av_reallocp_array(&s->mono, room, sizeof(*s->mono));
        s->mono_room = ret < 0 ? 0 : room;
        if (ret < 0)
            return ret;
    }
    count = swr_convert(s->swr, (uint8_t **)&s->mono, room, frame ? (const uint8_t **)frame->extended_data : NULL, frame ? frame->nb_samples : 0);
    if (count <= 0)
        return count;
    s->next = start + count;
    int ret = ff_windows_take(&s->cutter, s->mono, count, start);
    return ret < 0 ? ret : count;
}

static int take_frame(AVFilterContext *ctx, const AVFrame *frame)
{
    ClapContext *s = ctx->priv;
    AVFilterLink *inlink = ctx->inputs[0];
    int rate = s->texts.sound.sample_rate;
    int64_t start = s->next, ticks;

    if (!s->swr) {
        if (frame->pts != AV_NOPTS_VALUE)
            start = av_rescale_q(frame->pts, inlink->time_base, (AVRational){ 1, rate });
        s->next = start + frame->nb_samples;
        return ff_windows_take(&s->cutter, (const float *)frame->data[0], frame->nb_samples, start);
    }
    if (frame->pts != AV_NOPTS_VALUE) {
        AVRational tick = inlink->time_base;
        if (!s->has_origin && tick.den % tick.num == 0)
            s->origin = av_rescale_rnd(frame->pts, tick.num, tick.den, AV_ROUND_DOWN);
        s->has_origin = 1;
        // In the resampler's own ticks, which know how much sound it still holds.
        ticks = av_rescale(frame->pts - s->origin * (tick.den / tick.num), tick.num * (int64_t)rate * inlink->sample_rate, tick.den);
        ticks = swr_next_pts(s->swr, ticks);
        start = ROUNDED_DIV(ticks, inlink->sample_rate) + s->origin * rate;
    }
    return resample(ctx, frame, start);
}

static int finish(AVFilterContext *ctx)
{
    ClapContext *s = ctx->priv;
    int ret = 0;

    while (s->swr && (ret = resample(ctx, NULL, s->next)) > 0);
    return ret < 0 ? ret : ff_windows_finish(&s->cutter);
}

static int activate(AVFilterContext *ctx)
{
    AVFilterLink *inlink = ctx->inputs[0], *outlink = ctx->outputs[0];
    AVFrame *frame = NULL;
    int64_t pts;
    int status, ret;

    FF_FILTER_FORWARD_STATUS_BACK(outlink, inlink);
    if ((ret = ff_inlink_consume_frame(inlink, &frame)) < 0)
        return ret;
    if (ret > 0) {
        ret = take_frame(ctx, frame);
        av_frame_free(&frame);
        ff_filter_set_ready(ctx, 100); // there may be more
        return ret;
    }
    if (ff_inlink_acknowledge_status(inlink, &status, &pts)) {
        ret = finish(ctx);
        ff_outlink_set_status(outlink, status, ((ClapContext *)ctx->priv)->next);
        return ret;
    }
    FF_FILTER_FORWARD_WANTED(outlink, inlink);
    return FFERROR_NOT_READY;
}

static const AVFilterPad clap_inputs[] = {
    { .name = "default", .type = AVMEDIA_TYPE_AUDIO, .config_props = config_input },
};

static const AVFilterPad clap_outputs[] = {
    { .name = "default", .type = AVMEDIA_TYPE_AUDIO, .config_props = config_output },
};

const AVFilter ff_af_clap = {
    .name        = "clap",
    .description = NULL_IF_CONFIG_SMALL("Score windows of sound against labels (CLAP)."),
    .priv_size   = sizeof(ClapContext),
    .priv_class  = &clap_class,
    .init        = init,
    .uninit      = uninit,
    .activate    = activate,
    FILTER_INPUTS(clap_inputs),
    FILTER_OUTPUTS(clap_outputs),
    FILTER_QUERY_FUNC(query_formats),
};
