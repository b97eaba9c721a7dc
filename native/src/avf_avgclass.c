/**
 * @file
 * Averages of what the filters clip and clap reported, over any number of streams, as CSV. Frames pass unchanged.
 *
 * A row a label, in order of first appearance: the mean of its probability over the frames and windows where it was reported, and
 * how many these were.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libavutil/avstring.h"
#include "libavutil/file_open.h"
#include "libavutil/mem.h"
#include "libavutil/opt.h"
#include "libavutil/random_seed.h"
#include "libavutil/thread.h"
#include "audio.h"
#include "avfilter.h"
#include "filters.h"
#include "formats.h"
#include "video.h"

typedef struct Average {
    int stream;           ///< 0: seen, 1: heard
    char *label;
    double first;         ///< seconds; when it was reported first
    double sum;
    int64_t count;
} Average;

typedef struct Averages {
    Average *rows;
    int nb_rows;
} Averages;

typedef struct AvgClassContext {
    const AVClass *class;

    int streams[2];       ///< inputs with pictures, inputs with sound
    char *output_file;
    char *place;          ///< the same, where links lead to a file
    int is_special;       ///< a pipe or a device, which is written to and not replaced

    Averages averages;
    uint8_t *is_ended;    ///< [nb_inputs]
    int nb_ended;         ///< inputs that have ended
    int has_frames, is_written;
} AvgClassContext;

#define OFFSET(x) offsetof(AvgClassContext, x)
#define FLAGS (AV_OPT_FLAG_FILTERING_PARAM | AV_OPT_FLAG_AUDIO_PARAM | AV_OPT_FLAG_VIDEO_PARAM)

static const AVOption avgclass_options[] = {
    { "v",           "inputs with pictures",      OFFSET(streams[0]),  AV_OPT_TYPE_INT,    { .i64 = 1 },    0, 64, FLAGS },
    { "a",           "inputs with sound",         OFFSET(streams[1]),  AV_OPT_TYPE_INT,    { .i64 = 0 },    0, 64, FLAGS },
    { "output_file", "where the CSV goes",        OFFSET(output_file), AV_OPT_TYPE_STRING, { .str = NULL }, .flags = FLAGS },
    { NULL }
};

AVFILTER_DEFINE_CLASS(avgclass);

/*
 * ffmpeg builds its filters anew when the size or format of a stream changes: the averages of a file that has not ended
 * wait here for the filter that goes on with it.
 */
typedef struct Parked {
    char *output_file;
    Averages averages;
    struct Parked *next;
} Parked;

static AVMutex parked_mutex = AV_MUTEX_INITIALIZER;
static Parked *parked;

static void free_averages(Averages *averages)
{
    for (int i = 0; i < averages->nb_rows; i++)
        av_free(averages->rows[i].label);
    av_freep(&averages->rows);
    averages->nb_rows = 0;
}

static void park(AvgClassContext *s)
{
    Parked *entry = av_mallocz(sizeof(*entry));

    if (!entry || !(entry->output_file = av_strdup(s->output_file))) {
        av_free(entry);
        free_averages(&s->averages);
        return;
    }
    entry->averages = s->averages;
    ff_mutex_lock(&parked_mutex);
    entry->next = parked;
    parked = entry;
    ff_mutex_unlock(&parked_mutex);
}

static void unpark(AvgClassContext *s)
{
    ff_mutex_lock(&parked_mutex);
    for (Parked **at = &parked; *at; at = &(*at)->next) {
        Parked *entry = *at;
        if (strcmp(entry->output_file, s->output_file))
            continue;
        s->averages = entry->averages;
        *at = entry->next;
        av_free(entry->output_file);
        av_free(entry);
        break;
    }
    ff_mutex_unlock(&parked_mutex);
}

static int tell_unwritable(AVFilterContext *ctx, int error)
{
    const AvgClassContext *s = ctx->priv;

    av_log(ctx, AV_LOG_ERROR, "option output_file: %s cannot be written: %s\n", s->output_file, av_err2str(error));
    return error;
}

/* What the CSV is written to: a pipe or a device itself, else a new file beside its place, whose name is given in `aside`. */
static FILE *open_output(const AvgClassContext *s, char **aside)
{
    FILE *file;
    int handle;

    if (!s->is_special && !(*aside = av_asprintf("%s.%08x.part", s->place, av_get_random_seed())))
        return errno = ENOMEM, NULL;
    handle = s->is_special ? avpriv_open(s->place, O_WRONLY) : avpriv_open(*aside, O_WRONLY | O_CREAT | O_EXCL, 0666);
    file   = handle < 0 ? NULL : fdopen(handle, "wb");
    if (handle >= 0 && !file)
        close(handle);
    return file;
}

/* Tried at once, and not when hours of video have been classified. A pipe is not opened before: its reader would take that for the end. */
static int find_place(AVFilterContext *ctx)
{
    AvgClassContext *s = ctx->priv;
    char *aside = NULL, *real;
    struct stat found;
    FILE *file;

    if (stat(s->output_file, &found) == 0) {
        if (S_ISDIR(found.st_mode))
            return tell_unwritable(ctx, AVERROR(EISDIR));
        s->is_special = !S_ISREG(found.st_mode);
        if (access(s->output_file, W_OK))
            return tell_unwritable(ctx, AVERROR(errno));
        if (!(real = s->is_special ? strdup(s->output_file) : realpath(s->output_file, NULL)))
            return tell_unwritable(ctx, AVERROR(errno));
        s->place = av_strdup(real);
        free(real);
    } else {
        s->place = av_strdup(s->output_file);
    }
    if (!s->place)
        return AVERROR(ENOMEM);
    if (s->is_special)
        return 0;
    file = open_output(s, &aside);
    int ret = file ? 0 : tell_unwritable(ctx, AVERROR(errno));
    if (file) {
        fclose(file);
        remove(aside);
    }
    av_free(aside);
    return ret;
}

static int config_output(AVFilterLink *outlink)
{
    AVFilterLink *inlink = outlink->src->inputs[FF_OUTLINK_IDX(outlink)];

    outlink->time_base = inlink->time_base;
    if (outlink->type == AVMEDIA_TYPE_VIDEO) {
        outlink->w = inlink->w;
        outlink->h = inlink->h;
        outlink->sample_aspect_ratio = inlink->sample_aspect_ratio;
        ff_filter_link(outlink)->frame_rate = ff_filter_link(inlink)->frame_rate;
    }
    return 0;
}

static av_cold int init(AVFilterContext *ctx)
{
    AvgClassContext *s = ctx->priv;
    int ret;

    if (!s->output_file || s->streams[0] + s->streams[1] == 0) {
        av_log(ctx, AV_LOG_ERROR, s->output_file ? "option v or a must be above 0\n" : "option output_file must be set\n");
        return AVERROR(EINVAL);
    }
    if ((ret = find_place(ctx)) < 0)
        return ret;
    if (!(s->is_ended = av_calloc(s->streams[0] + s->streams[1], sizeof(*s->is_ended))))
        return AVERROR(ENOMEM);
    unpark(s);
    for (int i = 0; i < s->streams[0] + s->streams[1]; i++) {
        int is_sound = i >= s->streams[0];
        AVFilterPad pad = { .type = is_sound ? AVMEDIA_TYPE_AUDIO : AVMEDIA_TYPE_VIDEO };
        pad.name = av_asprintf("%c%d", is_sound ? 'a' : 'v', is_sound ? i - s->streams[0] : i);
        if (!pad.name)
            return AVERROR(ENOMEM);
        if ((ret = ff_append_inpad_free_name(ctx, &pad)) < 0)
            return ret;
        pad.name = av_strdup(pad.name);
        pad.config_props = config_output;
        if (!pad.name)
            return AVERROR(ENOMEM);
        if ((ret = ff_append_outpad_free_name(ctx, &pad)) < 0)
            return ret;
    }
    return 0;
}

static int query_formats(AVFilterContext *ctx)
{
    int ret;

    // Each output is as its input; the inputs have nothing to do with each other.
    for (int i = 0; i < ctx->nb_inputs; i++) {
        AVFilterLink *in = ctx->inputs[i], *out = ctx->outputs[i];
        AVFilterFormats *formats = ff_all_formats(in->type);
        if ((ret = ff_formats_ref(formats, &in->outcfg.formats)) < 0 || (ret = ff_formats_ref(formats, &out->incfg.formats)) < 0)
            return ret;
        if (in->type == AVMEDIA_TYPE_VIDEO) {
            AVFilterFormats *spaces = ff_all_color_spaces(), *ranges = ff_all_color_ranges();
            if ((ret = ff_formats_ref(spaces, &in->outcfg.color_spaces)) < 0 || (ret = ff_formats_ref(spaces, &out->incfg.color_spaces)) < 0 ||
                (ret = ff_formats_ref(ranges, &in->outcfg.color_ranges)) < 0 || (ret = ff_formats_ref(ranges, &out->incfg.color_ranges)) < 0)
                return ret;
        } else {
            AVFilterFormats *rates = ff_all_samplerates();
            AVFilterChannelLayouts *layouts = ff_all_channel_counts();
            if ((ret = ff_formats_ref(rates, &in->outcfg.samplerates)) < 0 || (ret = ff_formats_ref(rates, &out->incfg.samplerates)) < 0 ||
                (ret = ff_channel_layouts_ref(layouts, &in->outcfg.channel_layouts)) < 0 ||
                (ret = ff_channel_layouts_ref(layouts, &out->incfg.channel_layouts)) < 0)
                return ret;
        }
    }
    return 0;
}

static int add(AvgClassContext *s, int stream, const char *label, double probability, double time)
{
    Average *rows = s->averages.rows;
    int i;

    for (i = 0; i < s->averages.nb_rows; i++)
        if (rows[i].stream == stream && !strcmp(rows[i].label, label))
            break;
    if (i == s->averages.nb_rows) {
        if (!(rows = av_realloc_array(rows, i + 1, sizeof(*rows))))
            return AVERROR(ENOMEM);
        s->averages.rows = rows;
        rows[i] = (Average){ .stream = stream, .label = av_strdup(label), .first = time };
        if (!rows[i].label)
            return AVERROR(ENOMEM);
        s->averages.nb_rows++;
    }
    rows[i].first = FFMIN(rows[i].first, time);
    rows[i].sum  += probability;
    rows[i].count++;
    return 0;
}

/* Takes every pair of PREFIX....label and PREFIX....probability, of the whole frame and of its parts. */
static int take(AVFilterContext *ctx, const AVFrame *frame, AVRational time_base, int stream)
{
    static const char *const prefixes[] = { "lavfi.clip.", "lavfi.clap." };
    const AVDictionaryEntry *entry = NULL, *probability;
    double time = frame->pts == AV_NOPTS_VALUE ? 0 : frame->pts * av_q2d(time_base);
    char key[256];
    int ret;

    while ((entry = av_dict_iterate(frame->metadata, entry))) {
        size_t length = strlen(entry->key);
        if (!av_strstart(entry->key, prefixes[stream], NULL) || length < 6 || strcmp(entry->key + length - 6, ".label"))
            continue;
        snprintf(key, sizeof(key), "%.*s.probability", (int)length - 6, entry->key);
        if (!(probability = av_dict_get(frame->metadata, key, NULL, AV_DICT_MATCH_CASE)))
            continue;
        if ((ret = add(ctx->priv, stream, entry->value, strtod(probability->value, NULL), time)) < 0)
            return ret;
    }
    return 0;
}

static int compare(const void *a, const void *b)
{
    const Average *left = *(const Average *const *)a, *right = *(const Average *const *)b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return left->stream != right->stream ? left->stream - right->stream : FFDIFFSIGN(left, right);
}

static void write_label(FILE *file, const char *label)
{
    if (!strpbrk(label, ",\"\r\n")) {
        fputs(label, file);
        return;
    }
    fputc('"', file);
    for (; *label; label++)
        fprintf(file, *label == '"' ? "\"\"" : "%c", *label);
    fputc('"', file);
}

/* In order of first appearance by time, what is seen before what is heard: streams come in no fixed order. Complete or not at all. */
static int write_csv(AVFilterContext *ctx)
{
    AvgClassContext *s = ctx->priv;
    const Averages *averages = &s->averages;
    const Average **rows = av_malloc_array(FFMAX(1, averages->nb_rows), sizeof(*rows));
    char *aside = NULL;
    FILE *file = rows ? open_output(s, &aside) : NULL;
    int ret = !rows ? AVERROR(ENOMEM) : !file ? AVERROR(errno) : 0;

    if (file) {
        for (int i = 0; i < averages->nb_rows; i++)
            rows[i] = &averages->rows[i];
        qsort(rows, averages->nb_rows, sizeof(*rows), compare);
        fputs("stream_id,label,avg_probability,count\n", file);
        for (int i = 0; i < averages->nb_rows; i++) {
            fprintf(file, "%d,", rows[i]->stream);
            write_label(file, rows[i]->label);
            fprintf(file, ",%.4f,%"PRId64"\n", rows[i]->sum / rows[i]->count, rows[i]->count);
        }
        int failed = ferror(file);
        if (fclose(file) || failed || (aside && rename(aside, s->place))) {
            ret = AVERROR(errno);
            if (aside)
                remove(aside);
        }
    }
    if (ret < 0)
        tell_unwritable(ctx, ret);
    s->is_written = 1;
    av_free(rows);
    av_free(aside);
    return ret;
}

static av_cold void uninit(AVFilterContext *ctx)
{
    AvgClassContext *s = ctx->priv;
    int is_whole = ctx->nb_inputs && s->nb_ended == ctx->nb_inputs;

    // Stopped before the end of the streams: what came until then counts.
    if (!s->is_written && (s->has_frames || s->averages.nb_rows))
        write_csv(ctx);
    if (s->averages.nb_rows && !is_whole)
        park(s);
    else
        free_averages(&s->averages);
    av_freep(&s->is_ended);
    av_freep(&s->place);
}

/* Of an input comes no more, or no more is wanted. */
static int end_input(AVFilterContext *ctx, int i)
{
    AvgClassContext *s = ctx->priv;

    if (s->is_ended[i])
        return 0;
    s->is_ended[i] = 1;
    return ++s->nb_ended == ctx->nb_inputs ? write_csv(ctx) : 0;
}

static int activate(AVFilterContext *ctx)
{
    AvgClassContext *s = ctx->priv;
    int is_busy = 0;

    for (int i = 0; i < ctx->nb_inputs; i++) {
        AVFilterLink *inlink = ctx->inputs[i], *outlink = ctx->outputs[i];
        AVFrame *frame = NULL;
        int64_t pts;
        int status = ff_outlink_get_status(outlink), ret;

        if (status) {
            ff_inlink_set_status(inlink, status); // nobody wants more of this stream: the others go on
            if ((ret = end_input(ctx, i)) < 0)
                return ret;
        } else if ((ret = ff_inlink_consume_frame(inlink, &frame)) != 0) {
            s->has_frames |= ret > 0;
            if (ret > 0 && (ret = take(ctx, frame, inlink->time_base, i >= s->streams[0])) >= 0) {
                if ((ret = ff_filter_frame(outlink, frame)) < 0)
                    return ret;
                ff_filter_set_ready(ctx, 100); // there may be more
                is_busy = 1;
                continue;
            }
            av_frame_free(&frame);
            return ret;
        } else if (ff_inlink_acknowledge_status(inlink, &status, &pts)) {
            if ((ret = end_input(ctx, i)) < 0)
                return ret;
            ff_outlink_set_status(outlink, status, pts);
            is_busy = 1;
        } else if (ff_outlink_frame_wanted(outlink)) {
            ff_inlink_request_frame(inlink);
            is_busy = 1;
        }
    }
    return is_busy ? 0 : FFERROR_NOT_READY;
}

const AVFilter ff_avf_avgclass = {
    .name        = "avgclass",
    .description = NULL_IF_CONFIG_SMALL("Write averages of the labels that clip and clap reported, as CSV."),
    .priv_size   = sizeof(AvgClassContext),
    .priv_class  = &avgclass_class,
    .init        = init,
    .uninit      = uninit,
    .activate    = activate,
    .inputs      = NULL,
    .outputs     = NULL,
    .flags       = AVFILTER_FLAG_DYNAMIC_INPUTS | AVFILTER_FLAG_DYNAMIC_OUTPUTS,
    FILTER_QUERY_FUNC(query_formats),
};
