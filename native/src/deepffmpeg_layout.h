/**
 * @file
 * What FFmpeg's OpenVINO backend leaves to the option layout: whether a network takes its pictures in planes.
 */

#ifndef AVFILTER_DEEPFFMPEG_LAYOUT_H
#define AVFILTER_DEEPFFMPEG_LAYOUT_H

#include <openvino/c/openvino.h>
#include "libavfilter/dnn_interface.h"

/**
 * Tells the layout of a network's input by its sizes. Planes that are not named so would be filled with interleaved pixels: the
 * detector finds nothing, and says nothing.
 *
 * @param name of the input; NULL for the only one
 */
static inline DNNLayout deepffmpeg_layout_of(const ov_model_t *model, const char *name)
{
    DNNLayout layout = DL_NONE;
    ov_output_const_port_t *port = NULL;
    ov_partial_shape_t shape;

    if ((name ? ov_model_const_input_by_name(model, name, &port) : ov_model_const_input(model, &port)) != OK)
        return layout; // whoever asks for it next reports the failure
    if (ov_port_get_partial_shape(port, &shape) == OK) {
        // A size that is open has a highest of -1.
        if (shape.rank.max == 4 && shape.dims[1].max != shape.dims[3].max)
            layout = shape.dims[1].max == 3 ? DL_NCHW : shape.dims[3].max == 3 ? DL_NHWC : DL_NONE;
        ov_partial_shape_free(&shape);
    }
    ov_output_const_port_free(port);
    return layout;
}

#endif
