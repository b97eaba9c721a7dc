/* Towers in LibTorch: traced or scripted modules of one input and one output. Works with LibTorch 1.13 and newer. */
#include <ATen/Parallel.h>
#include <torch/script.h>

#include <cstdio>
#include <memory>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "deepffmpeg_engine.h"

struct EngineTower {
    torch::jit::Module module;
    torch::Device device{torch::kCPU};
    std::vector<int64_t> shape; /* of one item */
    int64_t dimension = 0;
    int threads = 1;
};

/* Runs `work`; whatever it throws becomes a reason in words. */
template <typename Work> static bool guarded(char *why, size_t why_size, const Work &work) noexcept
{
    try {
        work();
        return true;
    } catch (const c10::Error &error) {
        snprintf(why, why_size, "%s", error.what_without_backtrace());
    } catch (const std::bad_alloc &) {
        snprintf(why, why_size, "out of memory");
    } catch (const std::exception &error) {
        snprintf(why, why_size, "%s", error.what());
    } catch (...) {
        snprintf(why, why_size, "LibTorch failed without a reason");
    }
    return false;
}

static std::string describe(const torch::Tensor &tensor)
{
    std::ostringstream text;
    text << tensor.dtype() << " " << tensor.sizes();
    return text.str();
}

static void run(EngineTower &tower, const float *items, int count, float *embeddings)
{
    torch::NoGradGuard no_grad;
    at::set_num_threads(tower.threads); /* OpenMP counts threads for each calling thread, and filters may move between threads */
    std::vector<int64_t> shape{count};
    shape.insert(shape.end(), tower.shape.begin(), tower.shape.end());
    /* from_blob takes no const pointer; the module gets a tensor that it does not write to. */
    const auto input = torch::from_blob(const_cast<float *>(items), shape, torch::kFloat32);
    const auto result = tower.module.forward({input.to(tower.device)});
    if (!result.isTensor())
        throw std::runtime_error("the module gives " + result.tagKind() + ", a tensor was expected");
    const auto output = result.toTensor();
    if (output.dim() != 2 || output.size(0) != count || output.size(1) != tower.dimension)
        throw std::runtime_error("the module gives " + describe(output) + ", float [" + std::to_string(count) + ", " +
                                 std::to_string(tower.dimension) + "] was expected: do model and texts belong together?");
    const auto rows = output.to(torch::kCPU, torch::kFloat32).contiguous();
    std::copy_n(rows.data_ptr<float>(), count * tower.dimension, embeddings);
}

static EngineTower *engine_open(const EngineConfig *config, char *why, size_t why_size)
{
    std::unique_ptr<EngineTower> tower;
    const bool done = guarded(why, why_size, [&] {
        tower = std::make_unique<EngineTower>();
        tower->threads = config->threads;
        tower->dimension = config->dimension;
        tower->shape.assign(config->shape, config->shape + config->rank);
        tower->device = torch::Device(config->device);
        /* The profiling executor of 1.13 stands still for minutes on a traced model's second run. */
        torch::jit::setGraphExecutorOptimize(false);
        tower->module = torch::jit::load(config->model, tower->device);
        tower->module.eval();
        int64_t length = 1;
        for (const auto size : tower->shape) length *= size;
        std::vector<float> item(length), embedding(config->dimension);
        run(*tower, item.data(), 1, embedding.data());
    });
    return done ? tower.release() : nullptr;
}

static int engine_run(EngineTower *tower, const float *items, int count, float *embeddings, char *why, size_t why_size)
{
    return guarded(why, why_size, [&] { run(*tower, items, count, embeddings); }) ? 0 : -1;
}

static void engine_close(EngineTower *tower) { delete tower; }

extern "C" __attribute__((visibility("default"))) const Engine *deepffmpeg_engine(void)
{
    static const Engine engine = {DEEPFFMPEG_ENGINE_ABI, "LibTorch", engine_open, engine_run, engine_close};
    return &engine;
}
