#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libavutil/avstring.h"
#include "libavutil/error.h"
#include "libavutil/log.h"
#include "deepffmpeg_tower.h"

static const char *engine_of(const char *model)
{
    const char *dot = strrchr(model, '.');
    if (!dot)
        return NULL;
    if (!av_strcasecmp(dot, ".pt") || !av_strcasecmp(dot, ".pth") || !av_strcasecmp(dot, ".ts"))
        return "torch";
    return !av_strcasecmp(dot, ".onnx") || !av_strcasecmp(dot, ".xml") ? "openvino" : NULL;
}

/* A build may lack a runtime, a machine the libraries of one: the loader says which of them. */
static int tell_missing(void *log, const char *engine, const char *library)
{
    const char *option = !strcmp(engine, "torch") ? "--without-libtorch" : "--without-openvino";
    const char *why = dlerror();

    if (why && av_strstart(why, library, NULL))
        av_log(log, AV_LOG_ERROR, "option engine: this build has no %s (%s): build it again without %s, or take a model for the other engine\n",
               engine, why, option);
    else
        av_log(log, AV_LOG_ERROR, "option engine: %s cannot be loaded: %s\n", engine, why ? why : "no reason was given");
    return AVERROR(ENOSYS);
}

int ff_tower_open(void *log, Tower *tower, const char *name, const EngineConfig *config)
{
    char library[64], why[1024] = "it says nothing";
    FILE *file = fopen(config->model, "rb");
    EngineEntry entry;
    void *handle;

    // The runtimes' own words about a missing file are long and do not say which.
    if (!file) {
        int error = AVERROR(errno);
        av_log(log, AV_LOG_ERROR, "option model: %s cannot be read: %s\n", config->model, av_err2str(error));
        return error;
    }
    fclose(file);
    if (!strcmp(name, "auto") && !(name = engine_of(config->model))) {
        av_log(log, AV_LOG_ERROR, "option model: %s ends neither in .pt (LibTorch) nor in .onnx or .xml (OpenVINO): set the option engine\n",
               config->model);
        return AVERROR(EINVAL);
    }
    if (strcmp(name, "torch") && strcmp(name, "openvino")) {
        av_log(log, AV_LOG_ERROR, "option engine: %s is not known: torch, openvino or auto was expected\n", name);
        return AVERROR(EINVAL);
    }
    snprintf(library, sizeof(library), "libdeepffmpeg_%s.so", name);

    // LibTorch's threads would spin while they wait, which is faster alone, but half as fast beside one other busy process. OpenMP
    // reads this when it is loaded; whoever sets it otherwise has the last word.
    setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
    // Found through the run path of ffmpeg. Never closed: the runtimes keep threads and handlers of their own.
    handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return tell_missing(log, name, library);
    entry = (EngineEntry)dlsym(handle, "deepffmpeg_engine");
    if (!entry || !(tower->engine = entry()) || tower->engine->abi != DEEPFFMPEG_ENGINE_ABI) {
        av_log(log, AV_LOG_ERROR, "option engine: %s is of another build than this ffmpeg\n", library);
        tower->engine = NULL;
        return AVERROR(EINVAL);
    }
    tower->tower = tower->engine->open(config, why, sizeof(why));
    if (!tower->tower) {
        av_log(log, AV_LOG_ERROR, "option model: %s cannot be used by %s: %s\n", config->model, tower->engine->name, why);
        return AVERROR(EINVAL);
    }
    return 0;
}

int ff_tower_run(void *log, Tower *tower, const float *items, int count, float *embeddings)
{
    char why[1024] = "it says nothing";
    if (tower->engine->run(tower->tower, items, count, embeddings, why, sizeof(why)) >= 0)
        return 0;
    av_log(log, AV_LOG_ERROR, "%s failed: %s\n", tower->engine->name, why);
    return AVERROR_EXTERNAL;
}

void ff_tower_close(Tower *tower)
{
    if (tower->tower)
        tower->engine->close(tower->tower);
    tower->tower = NULL;
}
