/* A tower in one of the runtimes, for filters. */
#ifndef AVFILTER_DEEPFFMPEG_TOWER_H
#define AVFILTER_DEEPFFMPEG_TOWER_H

#include "deepffmpeg_engine.h"

typedef struct Tower {
    const Engine *engine;
    EngineTower *tower;
} Tower;

/**
 * Loads the runtime and the network. Says what is wrong, and names the option.
 *
 * @param name torch, openvino, or auto: by the ending of the model's name
 */
int ff_tower_open(void *log, Tower *tower, const char *name, const EngineConfig *config);

/** Runs `count` items, see `Engine`. */
int ff_tower_run(void *log, Tower *tower, const float *items, int count, float *embeddings);

void ff_tower_close(Tower *tower);

#endif
