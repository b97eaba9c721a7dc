/* The loop that native-limit.ts compares with: a runtime of the native ffmpeg runs a tower on one input again and again. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "deepffmpeg_engine.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

/* usage: LIBRARY TOWER SIDE DIMENSION THREADS BATCH FRAMES; prints milliseconds a frame. */
int main(int count, char **arguments)
{
    char why[512] = "";
    if (count != 8)
        return 2;
    int side = atoi(arguments[3]), dimension = atoi(arguments[4]), threads = atoi(arguments[5]);
    int batch = atoi(arguments[6]), frames = atoi(arguments[7]);
    setenv("OMP_WAIT_POLICY", "PASSIVE", 0); /* as the filters do */
    void *library = dlopen(arguments[1], RTLD_NOW);
    EngineEntry entry = library ? (EngineEntry)dlsym(library, "deepffmpeg_engine") : NULL;
    const EngineConfig config = { arguments[2], "cpu", threads, batch, 3, { 3, side, side }, dimension };
    EngineTower *tower = entry ? entry()->open(&config, why, sizeof(why)) : NULL;
    float *pictures = calloc((size_t)batch * 3 * side * side, sizeof(*pictures)), *embeddings = calloc((size_t)batch * dimension, sizeof(*embeddings));
    if (!tower || !pictures || !embeddings) {
        fprintf(stderr, "%s\n", entry ? why : dlerror());
        return 1;
    }
    for (size_t i = 0; i < (size_t)batch * 3 * side * side; i++)
        pictures[i] = (i % 255) / 128.0f - 1;
    double start = now();
    for (int done = 0; done < frames; done += batch)
        if (entry()->run(tower, pictures, batch, embeddings, why, sizeof(why)) < 0)
            return 1;
    printf("%.3f\n", (now() - start) * 1000 / frames);
    return 0;
}
