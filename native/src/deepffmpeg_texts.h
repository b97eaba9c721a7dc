/*
 * What a model looks or listens for: the file that `deepffmpeg embed-labels` writes. It holds the labels, the embedding of each of
 * their sentences, the model's scale, and how the model wants its pictures or sound; so no filter reads JSON or words.
 */
#ifndef AVFILTER_DEEPFFMPEG_TEXTS_H
#define AVFILTER_DEEPFFMPEG_TEXTS_H

#include "libavutil/avutil.h"
#include "libavutil/dict.h"

typedef struct TextsLabel {
    char *group;    ///< name of the labels that it competes with
    char *name;
    int first, end; ///< its rows of the embeddings, one a sentence
} TextsLabel;

typedef struct TextsGroup {
    int first, end; ///< its labels
} TextsGroup;

/** How the model wants its pictures. */
typedef struct TextsPicture {
    int width, height;           ///< pixels that reach the network
    int shortest;                ///< the short side is scaled to it and the centre is cut out; 0: both sides are squashed
    int is_bilinear;             ///< else bicubic
    double rescale, mean[3], std[3];
} TextsPicture;

/** How the model wants its sound. */
typedef struct TextsSound {
    int sample_rate;             ///< Hz
    int window;                  ///< samples that it hears at once
    char padding[16];            ///< pad, repeat or repeatpad: how shorter sound is filled up
    int fft_size, hop, bands;    ///< of the log-mel spectrogram; 0 bands: the network takes samples
    int channels;                ///< how often it wants to see that
    int is_htk;                  ///< mel scale, else Slaney's
    double lowest_hz, highest_hz;
} TextsSound;

typedef struct Texts {
    enum AVMediaType medium;
    int is_sigmoid;              ///< each label stands alone, else those of a group compete
    int is_categories;           ///< of each group the best is reported, else the best few of all
    double scale, bias, temperature;
    int dimension;               ///< of an embedding
    TextsPicture picture;
    TextsSound sound;
    TextsLabel *labels;
    int nb_labels;
    TextsGroup *groups;
    int nb_groups;
    float *vectors;              ///< [nb_rows, dimension], each of L2 norm 1
    int nb_rows;
    double *weights;             ///< [nb_rows], room for one item's scores
    float *cosines;              ///< the same
} Texts;

/**
 * Reads a file. Says what is wrong with it, and names the option `texts`.
 *
 * @param medium what it must be for
 */
int ff_texts_read(void *log, Texts *texts, const char *path, enum AVMediaType medium);

void ff_texts_free(Texts *texts);

/**
 * Compares an item with every label.
 *
 * @param embedding [dimension], of any length; is normalised in place
 * @param similarities [nb_labels], the cosine of each label's best sentence
 * @param probabilities [nb_labels]; of a label of several sentences their sum, or the highest for a sigmoid model
 * @return AVERROR(EINVAL) when the embedding is not finite, or zero
 */
int ff_texts_score(void *log, Texts *texts, float *embedding, float *similarities, float *probabilities);

/**
 * Picks the labels worth reporting: of plain labels the `most` most probable of all, of categories the most probable of each
 * group, from `confidence` on.
 *
 * @param picked room for FFMAX(most, nb_groups) labels
 * @return how many
 */
int ff_texts_pick(const Texts *texts, const float *probabilities, double confidence, int most, int *picked);

/** Writes picked labels as PREFIX.0.label, PREFIX.0.probability and, for categories, PREFIX.0.group, then PREFIX.1.label ..., in place of others. */
int ff_texts_write(const Texts *texts, AVDictionary **metadata, const char *prefix, const int *picked, int nb_picked,
                   const float *probabilities);

/** Writes a number for every label, in the order of the file and with blanks between, as `key`. */
int ff_texts_write_all(const Texts *texts, AVDictionary **metadata, const char *key, const float *numbers);

#endif
