/* Towers in OpenVINO: ONNX or IR networks. The C API catches what is thrown below it. */
#include <openvino/c/openvino.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deepffmpeg_engine.h"

struct EngineTower {
    ov_core_t *core;
    ov_model_t *model;
    ov_compiled_model_t *compiled;
    ov_infer_request_t *request;
    size_t input, output; /* which of the network's */
    int batch;            /* items in every run: a network of fixed shape is the faster one, and short batches are filled up */
    size_t item_length;
    int dimension;
};

static int fail(char *why, size_t why_size, const char *doing, ov_status_e status)
{
    const char *detail = ov_get_last_err_msg();
    snprintf(why, why_size, "%s: %s%s%s", doing, ov_get_error_info(status), detail && *detail ? ": " : "", detail ? detail : "");
    ov_free(detail);
    return -1;
}

#define TRY(doing, call)                                       \
    do {                                                       \
        ov_status_e status = (call);                           \
        if (status != OK) return fail(why, why_size, doing, status); \
    } while (0)

static int ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && !strcmp(text + length - end_length, end);
}

/* The name of the n-th input or output, cut to fit; "" where it has none. */
static void port_name(const ov_output_const_port_t *port, char *name, size_t size)
{
    char *found = NULL;
    name[0] = 0;
    if (ov_port_get_any_name(port, &found) == OK && found)
        snprintf(name, size, "%s", found);
    ov_free(found);
}

static int is_input_named(const ov_model_t *model, size_t index, const char *wanted)
{
    ov_output_const_port_t *port = NULL;
    char name[128];
    if (ov_model_const_input_by_index(model, index, &port) != OK)
        return 0;
    port_name(port, name, sizeof(name));
    ov_output_const_port_free(port);
    return !strcmp(name, wanted);
}

/* CLAP with fusion also asks whether a sound was longer than its window: no window is. */
static int find_input(EngineTower *tower, char *why, size_t why_size)
{
    size_t count = 0, others = 0;
    TRY("looking at its inputs", ov_model_inputs_size(tower->model, &count));
    for (size_t i = 0; i < count; i++) {
        if (is_input_named(tower->model, i, "is_longer"))
            continue;
        tower->input = i;
        others++;
    }
    if (others == 1)
        return 0;
    snprintf(why, why_size, "it takes %zu inputs, one was expected: is it a tower for pictures or sound?", others);
    return -1;
}

static int find_output(EngineTower *tower, char *why, size_t why_size)
{
    size_t count = 0;
    int best = -1, best_rank = 0;
    TRY("looking at its outputs", ov_model_outputs_size(tower->model, &count));
    for (size_t i = 0; i < count; i++) {
        ov_output_const_port_t *port = NULL;
        char name[128];
        TRY("looking at its outputs", ov_model_const_output_by_index(tower->model, i, &port));
        port_name(port, name, sizeof(name));
        ov_output_const_port_free(port);
        int rank = ends_with(name, "_embeds") ? 3 : !strcmp(name, "pooler_output") ? 2 : count == 1;
        if (rank > best_rank) {
            best = i;
            best_rank = rank;
        }
    }
    if (best < 0) {
        snprintf(why, why_size, "none of its %zu outputs is called ..._embeds or pooler_output", count);
        return -1;
    }
    tower->output = best;
    return 0;
}

/* A network that takes one item at a time keeps to that. */
static int takes_one(const EngineTower *tower)
{
    ov_output_const_port_t *port = NULL;
    ov_partial_shape_t shape = { 0 };
    int one = 0;
    if (ov_model_const_input_by_index(tower->model, tower->input, &port) != OK)
        return 0;
    if (ov_port_get_partial_shape(port, &shape) == OK) {
        one = shape.rank.max > 0 && shape.dims[0].min == 1 && shape.dims[0].max == 1;
        ov_partial_shape_free(&shape);
    }
    ov_output_const_port_free(port);
    return one;
}

static int reshape(EngineTower *tower, const EngineConfig *config, char *why, size_t why_size)
{
    size_t count = 0, ports[2];
    ov_partial_shape_t shapes[2] = { 0 };
    int64_t item[4] = { tower->batch }, longer[2] = { tower->batch, 1 };
    ov_status_e status = OK;
    TRY("looking at its inputs", ov_model_inputs_size(tower->model, &count));
    if (count > 2) {
        snprintf(why, why_size, "it takes %zu inputs, one was expected", count);
        return -1;
    }
    memcpy(item + 1, config->shape, config->rank * sizeof(*item));
    for (size_t i = 0; i < count && status == OK; i++) {
        ports[i] = i;
        status = i == tower->input ? ov_partial_shape_create_static(1 + config->rank, item, &shapes[i])
                                   : ov_partial_shape_create_static(2, longer, &shapes[i]);
    }
    if (status == OK)
        status = ov_model_reshape_by_port_indexes(tower->model, ports, shapes, count);
    for (size_t i = 0; i < count; i++)
        ov_partial_shape_free(&shapes[i]);
    return status == OK ? 0 : fail(why, why_size, "it does not take what the texts file says that the model takes", status);
}

static int check_output(const EngineTower *tower, char *why, size_t why_size)
{
    ov_tensor_t *tensor = NULL;
    ov_shape_t shape = { 0 };
    ov_element_type_e type = DYNAMIC;
    TRY("looking at its output", ov_infer_request_get_output_tensor_by_index(tower->request, tower->output, &tensor));
    ov_status_e status = ov_tensor_get_element_type(tensor, &type);
    if (status == OK)
        status = ov_tensor_get_shape(tensor, &shape);
    int fits = status == OK && type == F32 && shape.rank == 2 && shape.dims[0] == tower->batch && shape.dims[1] == tower->dimension;
    if (!fits)
        snprintf(why, why_size, "it gives embeddings of %lld numbers, the texts are of %d (float32): do model and texts belong together?",
                 status == OK && shape.rank > 0 ? (long long)shape.dims[shape.rank - 1] : -1, tower->dimension);
    ov_shape_free(&shape);
    ov_tensor_free(tensor);
    return fits ? 0 : -1;
}

static int run_once(EngineTower *tower, const float *items, int count, float *embeddings, char *why, size_t why_size)
{
    ov_tensor_t *in = NULL, *out = NULL;
    void *data = NULL;
    TRY("taking its input", ov_infer_request_get_input_tensor_by_index(tower->request, tower->input, &in));
    ov_status_e status = ov_tensor_data(in, &data);
    if (status == OK) {
        memcpy(data, items, count * tower->item_length * sizeof(float));
        memset((float *)data + count * tower->item_length, 0, (tower->batch - count) * tower->item_length * sizeof(float));
        status = ov_infer_request_infer(tower->request);
    }
    ov_tensor_free(in);
    if (status != OK)
        return fail(why, why_size, "running it", status);
    TRY("taking its output", ov_infer_request_get_output_tensor_by_index(tower->request, tower->output, &out));
    status = ov_tensor_data(out, &data);
    if (status == OK)
        memcpy(embeddings, data, (size_t)count * tower->dimension * sizeof(float));
    ov_tensor_free(out);
    return status == OK ? 0 : fail(why, why_size, "taking its output", status);
}

static int engine_run(EngineTower *tower, const float *items, int count, float *embeddings, char *why, size_t why_size)
{
    for (int start = 0; start < count; start += tower->batch) {
        int now = count - start < tower->batch ? count - start : tower->batch;
        if (run_once(tower, items + start * tower->item_length, now, embeddings + (size_t)start * tower->dimension, why, why_size) < 0)
            return -1;
    }
    return 0;
}

static int open_tower(EngineTower *tower, const EngineConfig *config, char *why, size_t why_size)
{
    char threads[16], device[64];
    /* CPUs that can would compute in bfloat16 unasked: probabilities then move by up to 0.1. */
    const ov_property_t properties[] = {
        { "INFERENCE_PRECISION_HINT", "f32" },
        { "PERFORMANCE_HINT", "LATENCY" },
        { "INFERENCE_NUM_THREADS", threads },
    };
    snprintf(threads, sizeof(threads), "%d", config->threads);
    snprintf(device, sizeof(device), "%s", config->device);
    for (char *c = device; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c -= 'a' - 'A';

    tower->dimension = config->dimension;
    tower->item_length = 1;
    for (int i = 0; i < config->rank; i++)
        tower->item_length *= config->shape[i];

    TRY("starting OpenVINO", ov_core_create(&tower->core));
    TRY("reading it", ov_core_read_model(tower->core, config->model, NULL, &tower->model));
    if (find_input(tower, why, why_size) < 0 || find_output(tower, why, why_size) < 0)
        return -1;
    tower->batch = takes_one(tower) ? 1 : config->batch;
    if (reshape(tower, config, why, why_size) < 0)
        return -1;
    TRY("compiling it", ov_core_compile_model_props(tower->core, tower->model, device, strcmp(device, "CPU") ? 1 : 3, properties, &tower->compiled));
    TRY("preparing to run it", ov_compiled_model_create_infer_request(tower->compiled, &tower->request));
    if (check_output(tower, why, why_size) < 0)
        return -1;
    ov_tensor_t *longer = NULL;
    void *data = NULL;
    if (ov_infer_request_get_tensor(tower->request, "is_longer", &longer) == OK) {
        if (ov_tensor_data(longer, &data) == OK)
            memset(data, 0, tower->batch);
        ov_tensor_free(longer);
    }
    return 0;
}

static void engine_close(EngineTower *tower)
{
    if (!tower)
        return;
    ov_infer_request_free(tower->request);
    ov_compiled_model_free(tower->compiled);
    ov_model_free(tower->model);
    ov_core_free(tower->core);
    free(tower);
}

static EngineTower *engine_open(const EngineConfig *config, char *why, size_t why_size)
{
    EngineTower *tower = calloc(1, sizeof(*tower));
    if (!tower) {
        snprintf(why, why_size, "out of memory");
        return NULL;
    }
    if (open_tower(tower, config, why, why_size) == 0)
        return tower;
    engine_close(tower);
    return NULL;
}

__attribute__((visibility("default"))) const Engine *deepffmpeg_engine(void)
{
    static const Engine engine = { DEEPFFMPEG_ENGINE_ABI, "OpenVINO", engine_open, engine_run, engine_close };
    return &engine;
}
