#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "libavutil/avstring.h"
#include "libavutil/bprint.h"
#include "libavutil/error.h"
#include "libavutil/file_open.h"
#include "libavutil/intfloat.h"
#include "libavutil/intreadwrite.h"
#include "libavutil/log.h"
#include "libavutil/mem.h"
#include "deepffmpeg_texts.h"

#define MAGIC "deepffmpeg-texts 1"
#define MOST_ROWS 1000000
#define MOST_NUMBERS (1 << 28)
#define MOST_BYTES ((int64_t)MOST_NUMBERS * 4 + (1 << 28))

#define FAIL(...) \
    do { av_log(log, AV_LOG_ERROR, "option texts: " __VA_ARGS__); return AVERROR(EINVAL); } while (0)

static int read_whole(void *log, const char *path, uint8_t **data, size_t *size)
{
    FILE *file = avpriv_fopen_utf8(path, "rb");
    size_t room = 1 << 20;

    if (!file) {
        int error = AVERROR(errno);
        av_log(log, AV_LOG_ERROR, "option texts: %s cannot be read: %s\n", path, av_err2str(error));
        return error;
    }
    *size = 0;
    for (;;) {
        int ret = av_reallocp(data, room + 1);
        if (ret < 0) {
            fclose(file);
            return ret;
        }
        *size += fread(*data + *size, 1, room - *size, file);
        if (*size < room)
            break;
        room *= 2;
        if (room > MOST_BYTES)
            break;
    }
    int broken = ferror(file), more = !broken && !feof(file);
    fclose(file);
    (*data)[*size] = 0;
    if (broken || more)
        FAIL("%s %s\n", path, broken ? "cannot be read: is it a folder?" : "is far too large");
    return 0;
}

/* count numbers and no more */
static int parse_numbers(const char *text, double *numbers, int count)
{
    for (int i = 0; i < count; i++) {
        char *end;
        numbers[i] = strtod(text, &end);
        if (end == text || !isfinite(numbers[i]))
            return AVERROR(EINVAL);
        text = end;
    }
    return *text ? AVERROR(EINVAL) : 0;
}

static int parse_int(const char *text, int least, int most, int *value)
{
    char *end;
    long found = strtol(text, &end, 10);
    if (end == text || *end || found < least || found > most)
        return AVERROR(EINVAL);
    *value = found;
    return 0;
}

static int parse_mel(const char *text, TextsSound *sound)
{
    char scale[8];
    int end = 0;
    if (sscanf(text, "%d %d %d %lf %lf %7s %d%n", &sound->fft_size, &sound->hop, &sound->bands, &sound->lowest_hz, &sound->highest_hz,
               scale, &sound->channels, &end) != 7 || text[end])
        return AVERROR(EINVAL);
    sound->is_htk = !strcmp(scale, "htk");
    return (sound->is_htk || !strcmp(scale, "slaney")) && sound->fft_size >= 2 && sound->fft_size <= 65536 &&
           !(sound->fft_size & (sound->fft_size - 1)) && sound->hop >= 1 && sound->bands >= 1 && sound->bands <= 1024 &&
           sound->lowest_hz >= 0 && sound->highest_hz > sound->lowest_hz && sound->channels >= 1 && sound->channels <= 4
           ? 0 : AVERROR(EINVAL);
}

/* `row GROUP<tab>LABEL`: rows of a label, and labels of a group, stand together. */
static int add_row(Texts *texts, const char *group, const char *name)
{
    TextsLabel *last = texts->nb_labels ? &texts->labels[texts->nb_labels - 1] : NULL;
    int same_group = last && !strcmp(last->group, group), ret;

    if (texts->nb_rows >= MOST_ROWS)
        return AVERROR(EINVAL);
    if (!same_group) {
        if ((ret = av_reallocp_array(&texts->groups, texts->nb_groups + 1, sizeof(*texts->groups))) < 0) {
            texts->nb_groups = 0;
            return ret;
        }
        texts->groups[texts->nb_groups++] = (TextsGroup){ texts->nb_labels, texts->nb_labels };
    }
    if (!same_group || strcmp(last->name, name)) {
        TextsLabel *grown = av_realloc_array(texts->labels, texts->nb_labels + 1, sizeof(*grown));
        if (!grown)
            return AVERROR(ENOMEM);
        texts->labels = grown;
        last = &grown[texts->nb_labels++];
        *last = (TextsLabel){ av_strdup(group), av_strdup(name), texts->nb_rows, texts->nb_rows };
        texts->groups[texts->nb_groups - 1].end = texts->nb_labels;
        if (!last->group || !last->name)
            return AVERROR(ENOMEM);
    }
    last->end = ++texts->nb_rows;
    return 0;
}

static int parse_line(Texts *texts, char *key, char *value)
{
    TextsPicture *picture = &texts->picture;
    TextsSound *sound = &texts->sound;
    double number;
    int ret;

    if (!strcmp(key, "row")) {
        char *tab = strchr(value, '\t');
        if (!tab)
            return AVERROR(EINVAL);
        *tab = 0;
        return tab[1] ? add_row(texts, value, tab + 1) : AVERROR(EINVAL);
    }
#define WORD(name, off, on, target)                                       \
    if (!strcmp(key, name)) {                                             \
        target = !strcmp(value, on);                                      \
        return target || !strcmp(value, off) ? 0 : AVERROR(EINVAL);       \
    }
    WORD("activation", "softmax", "sigmoid", texts->is_sigmoid)
    WORD("kind", "labels", "categories", texts->is_categories)
    WORD("kernel", "bicubic", "bilinear", picture->is_bilinear)
#undef WORD
    if (!strcmp(key, "medium")) {
        texts->medium = !strcmp(value, "video") ? AVMEDIA_TYPE_VIDEO : !strcmp(value, "audio") ? AVMEDIA_TYPE_AUDIO : AVMEDIA_TYPE_UNKNOWN;
        return texts->medium == AVMEDIA_TYPE_UNKNOWN ? AVERROR(EINVAL) : 0;
    }
    if (!strcmp(key, "dimension")) return parse_int(value, 1, 65536, &texts->dimension);
    if (!strcmp(key, "width"))     return parse_int(value, 1, 4096, &picture->width);
    if (!strcmp(key, "height"))    return parse_int(value, 1, 4096, &picture->height);
    if (!strcmp(key, "shortest"))  return parse_int(value, 0, 4096, &picture->shortest);
    if (!strcmp(key, "rate"))      return parse_int(value, 1, 384000, &sound->sample_rate);
    if (!strcmp(key, "window"))    return parse_int(value, 1, 1 << 28, &sound->window);
    if (!strcmp(key, "mel"))       return parse_mel(value, sound);
    if (!strcmp(key, "padding")) {
        av_strlcpy(sound->padding, value, sizeof(sound->padding));
        return !strcmp(value, "pad") || !strcmp(value, "repeat") || !strcmp(value, "repeatpad") ? 0 : AVERROR(EINVAL);
    }
    if (!strcmp(key, "mean")) return parse_numbers(value, picture->mean, 3);
    if (!strcmp(key, "std")) {
        if ((ret = parse_numbers(value, picture->std, 3)) < 0)
            return ret;
        return picture->std[0] > 0 && picture->std[1] > 0 && picture->std[2] > 0 ? 0 : AVERROR(EINVAL);
    }
    if (!strcmp(key, "bias")) return parse_numbers(value, &texts->bias, 1);
    if (strcmp(key, "scale") && strcmp(key, "temperature") && strcmp(key, "rescale"))
        return 0; // such as the model's name: for people
    if ((ret = parse_numbers(value, &number, 1)) < 0 || number <= 0)
        return AVERROR(EINVAL);
    *(key[0] == 's' ? &texts->scale : key[0] == 't' ? &texts->temperature : &picture->rescale) = number;
    return 0;
}

static int check_header(void *log, const Texts *texts, const char *path, enum AVMediaType medium)
{
    const TextsPicture *picture = &texts->picture;
    const TextsSound *sound = &texts->sound;

    if (texts->medium != medium)
        FAIL("%s is for %s, this filter needs one for %s\n", path, texts->medium == AVMEDIA_TYPE_AUDIO ? "sound" : "pictures",
             medium == AVMEDIA_TYPE_AUDIO ? "sound" : "pictures");
    if (!texts->nb_rows || !texts->dimension || !texts->scale)
        FAIL("%s lacks %s\n", path, !texts->nb_rows ? "labels" : !texts->dimension ? "the dimension" : "the scale");
    if (medium == AVMEDIA_TYPE_VIDEO && (!picture->width || !picture->height || !picture->rescale || !picture->std[0] ||
                                         (picture->shortest && picture->shortest < FFMAX(picture->width, picture->height))))
        FAIL("%s does not say how large pictures are, or says what cannot be\n", path);
    if (medium == AVMEDIA_TYPE_AUDIO && (!sound->sample_rate || !sound->window || !sound->padding[0] || sound->window <= sound->fft_size / 2))
        FAIL("%s does not say how long windows are, or says what cannot be\n", path);
    if ((int64_t)texts->nb_rows * texts->dimension > MOST_NUMBERS)
        FAIL("%s is far too large\n", path);
    for (int i = 0; i < texts->nb_groups && !texts->is_sigmoid; i++)
        if (texts->groups[i].end - texts->groups[i].first < 2)
            FAIL("%s: \"%s\" stands alone in its group, where it would always have probability 1\n", path,
                 texts->labels[texts->groups[i].first].name);
    return 0;
}

static int parse_file(void *log, Texts *texts, const char *path, enum AVMediaType medium, uint8_t *data, size_t size)
{
    char *line = (char *)data, *end = (char *)data + size;
    int number = 0, ret;

    texts->temperature = 1;
    for (;; number++) {
        char *stop = memchr(line, '\n', end - line), *blank;
        if (!number && (!stop || stop - line != strlen(MAGIC) || memcmp(line, MAGIC, stop - line)))
            FAIL("%s is no file of `deepffmpeg embed-labels` (it must begin with \"" MAGIC "\")\n", path);
        if (!stop)
            FAIL("%s ends in its header\n", path);
        *stop = 0;
        if (stop == line)
            break; // the empty line before the numbers
        if (number && (!(blank = strchr(line, ' ')) || (*blank = 0, (ret = parse_line(texts, line, blank + 1)) < 0))) {
            if (blank && ret == AVERROR(ENOMEM))
                return ret;
            FAIL("%s: line %d (%s) is not as expected\n", path, number + 1, line);
        }
        line = stop + 1;
    }
    line++;
    if ((ret = check_header(log, texts, path, medium)) < 0)
        return ret;
    size_t count = (size_t)texts->nb_rows * texts->dimension;
    if (end - line != count * 4)
        FAIL("%s holds %td bytes of embeddings, %zu were expected: it was cut off, or is of another version\n", path, end - line, count * 4);
    texts->vectors = av_malloc_array(count, sizeof(*texts->vectors));
    texts->weights = av_malloc_array(texts->nb_rows, sizeof(*texts->weights));
    texts->cosines = av_malloc_array(texts->nb_rows, sizeof(*texts->cosines));
    if (!texts->vectors || !texts->weights || !texts->cosines)
        return AVERROR(ENOMEM);
    for (size_t i = 0; i < count; i++) {
        texts->vectors[i] = av_int2float(AV_RL32(line + i * 4));
        if (!isfinite(texts->vectors[i]))
            FAIL("%s holds numbers that are not finite\n", path);
    }
    return 0;
}

int ff_texts_read(void *log, Texts *texts, const char *path, enum AVMediaType medium)
{
    uint8_t *data = NULL;
    size_t size;
    int ret = read_whole(log, path, &data, &size);
    if (ret >= 0)
        ret = parse_file(log, texts, path, medium, data, size);
    av_free(data);
    return ret;
}

void ff_texts_free(Texts *texts)
{
    for (int i = 0; i < texts->nb_labels; i++) {
        av_free(texts->labels[i].group);
        av_free(texts->labels[i].name);
    }
    av_freep(&texts->labels);
    av_freep(&texts->groups);
    av_freep(&texts->vectors);
    av_freep(&texts->weights);
    av_freep(&texts->cosines);
    texts->nb_labels = texts->nb_groups = texts->nb_rows = 0;
}

/* Subtracts the highest first, so that exp() cannot overflow. */
static void softmax(double *logits, int count)
{
    double top = -DBL_MAX, total = 0;
    for (int i = 0; i < count; i++)
        top = FFMAX(top, logits[i]);
    for (int i = 0; i < count; i++)
        total += logits[i] = exp(logits[i] - top);
    for (int i = 0; i < count; i++)
        logits[i] /= total;
}

int ff_texts_score(void *log, Texts *texts, float *embedding, float *similarities, float *probabilities)
{
    double square = 0;

    for (int i = 0; i < texts->dimension; i++)
        square += (double)embedding[i] * embedding[i];
    if (!isfinite(square) || square == 0) {
        av_log(log, AV_LOG_ERROR, "option model: the network gave an embedding that is %s\n", square == 0 ? "zero" : "not finite");
        return AVERROR(EINVAL);
    }
    for (int i = 0; i < texts->dimension; i++)
        embedding[i] /= sqrt(square);

    for (int row = 0; row < texts->nb_rows; row++) {
        const float *vector = texts->vectors + (size_t)row * texts->dimension;
        double cosine = 0;
        for (int i = 0; i < texts->dimension; i++)
            cosine += (double)vector[i] * embedding[i];
        texts->cosines[row] = cosine;
        texts->weights[row] = (texts->cosines[row] * texts->scale + texts->bias) / texts->temperature;
        if (texts->is_sigmoid)
            texts->weights[row] = 1 / (1 + exp(-texts->weights[row]));
    }
    if (!texts->is_sigmoid) {
        for (int g = 0; g < texts->nb_groups; g++) {
            int first = texts->labels[texts->groups[g].first].first;
            softmax(texts->weights + first, texts->labels[texts->groups[g].end - 1].end - first);
        }
    }
    for (int i = 0; i < texts->nb_labels; i++) {
        const TextsLabel *label = &texts->labels[i];
        double cosine = -DBL_MAX, sum = 0, highest = 0;
        for (int row = label->first; row < label->end; row++) {
            cosine = FFMAX(cosine, texts->cosines[row]);
            sum += texts->weights[row];
            highest = FFMAX(highest, texts->weights[row]);
        }
        similarities[i] = cosine;
        probabilities[i] = texts->is_sigmoid ? highest : FFMIN(1, sum);
    }
    return 0;
}

/* The most probable label from `first` to before `end` that comes after `last`; -1: none. Equal ones keep their order. */
static int next_best(const float *p, int first, int end, int last)
{
    int best = -1;
    for (int i = first; i < end; i++) {
        if (last >= 0 && (p[i] > p[last] || (p[i] == p[last] && i <= last)))
            continue;
        if (best < 0 || p[i] > p[best])
            best = i;
    }
    return best;
}

int ff_texts_pick(const Texts *texts, const float *probabilities, double confidence, int most, int *picked)
{
    int count = 0;

    if (texts->is_categories) {
        for (int g = 0; g < texts->nb_groups; g++) {
            int best = next_best(probabilities, texts->groups[g].first, texts->groups[g].end, -1);
            if (best >= 0 && probabilities[best] >= confidence)
                picked[count++] = best;
        }
        return count;
    }
    for (int best = -1; count < most; picked[count++] = best) {
        best = next_best(probabilities, 0, texts->nb_labels, best);
        if (best < 0 || probabilities[best] < confidence)
            break;
    }
    return count;
}

static int set(AVDictionary **metadata, const char *prefix, int index, const char *field, const char *value)
{
    char key[128];
    snprintf(key, sizeof(key), "%s.%d.%s", prefix, index, field);
    return av_dict_set(metadata, key, value, 0);
}

/* What an earlier filter wrote would else stand beside what this one writes. */
static int forget(AVDictionary **metadata, const char *prefix)
{
    static const char *const fields[] = { "label", "probability", "group" }, *const of_all[] = { "similarities", "probabilities" };
    char key[128];
    int ret = 0;

    for (int i = 0;; i++) {
        snprintf(key, sizeof(key), "%s.%d.label", prefix, i);
        if (!av_dict_get(*metadata, key, NULL, AV_DICT_MATCH_CASE))
            break;
        for (int f = 0; f < FF_ARRAY_ELEMS(fields) && ret >= 0; f++)
            ret = set(metadata, prefix, i, fields[f], NULL);
        if (ret < 0)
            return ret;
    }
    for (int f = 0; f < FF_ARRAY_ELEMS(of_all) && ret >= 0; f++) {
        snprintf(key, sizeof(key), "%s.%s", prefix, of_all[f]);
        ret = av_dict_set(metadata, key, NULL, 0);
    }
    return ret;
}

int ff_texts_write(const Texts *texts, AVDictionary **metadata, const char *prefix, const int *picked, int nb_picked,
                   const float *probabilities)
{
    int ret = forget(metadata, prefix);

    if (ret < 0)
        return ret;
    for (int i = 0; i < nb_picked; i++) {
        const TextsLabel *label = &texts->labels[picked[i]];
        char number[32];
        snprintf(number, sizeof(number), "%.6f", probabilities[picked[i]]);
        if ((ret = set(metadata, prefix, i, "label", label->name)) < 0 || (ret = set(metadata, prefix, i, "probability", number)) < 0)
            return ret;
        if (texts->is_categories && (ret = set(metadata, prefix, i, "group", label->group)) < 0)
            return ret;
    }
    return 0;
}

int ff_texts_write_all(const Texts *texts, AVDictionary **metadata, const char *key, const float *numbers)
{
    AVBPrint text;
    int ret = AVERROR(ENOMEM);

    av_bprint_init(&text, 0, AV_BPRINT_SIZE_UNLIMITED);
    for (int i = 0; i < texts->nb_labels; i++)
        av_bprintf(&text, "%s%.9g", i ? " " : "", numbers[i]); // enough for any float32
    if (av_bprint_is_complete(&text))
        ret = av_dict_set(metadata, key, text.str, 0);
    av_bprint_finalize(&text, NULL);
    return ret;
}
