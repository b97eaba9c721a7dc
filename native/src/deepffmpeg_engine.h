/*
 * The half of a model that sees or hears, behind a few functions in C. Each runtime is a shared library of its own
 * (libdeepffmpeg_torch.so, libdeepffmpeg_openvino.so) that a filter loads when it starts, so that ffmpeg itself links none.
 * No exception leaves a library: every failure is a return value and a reason in words.
 */
#ifndef DEEPFFMPEG_ENGINE_H
#define DEEPFFMPEG_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with every change of this file: a library of another build is refused. */
#define DEEPFFMPEG_ENGINE_ABI 1

typedef struct EngineTower EngineTower;

typedef struct EngineConfig {
    const char *model;  /* path of the network */
    const char *device; /* as the runtime names it, such as cpu */
    int threads;        /* 1 or more */
    int batch;          /* most items in one run */
    int rank;           /* numbers in shape, 1 to 3 */
    int64_t shape[3];   /* of one item */
    int dimension;      /* of an embedding */
} EngineConfig;

typedef struct Engine {
    int abi;
    const char *name;
    /* Loads a tower and runs it once, so that a wrong shape is told at once. NULL on failure, the reason then is in `why`. */
    EngineTower *(*open)(const EngineConfig *config, char *why, size_t why_size);
    /* `items`: float32, [count, shape...]; `embeddings`: float32, [count, dimension], as the network gives them; 0, or -1 and `why`. */
    int (*run)(EngineTower *tower, const float *items, int count, float *embeddings, char *why, size_t why_size);
    void (*close)(EngineTower *tower);
} Engine;

/* What a library exports as `deepffmpeg_engine`. */
typedef const Engine *(*EngineEntry)(void);

#ifdef __cplusplus
}
#endif
#endif
