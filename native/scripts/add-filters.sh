#!/usr/bin/env bash
# Adds our filters to an FFmpeg 7.1 source tree, and cures what in it gives wrong results without a word. Safe to run twice.
# usage: add-filters.sh FFMPEG_SOURCE
set -euo pipefail
tree=$1 here=$(cd "$(dirname "$0")/.." && pwd)

# Only what differs is copied, so that make builds no more than it must.
for file in "$here"/src/*.[ch]; do
  case $(basename "$file") in engine_*.c) continue ;; esac # a library of its own
  cmp -s "$file" "$tree/libavfilter/$(basename "$file")" || cp "$file" "$tree/libavfilter/"
done

# edit FILE WHAT-MUST-BE-THERE-AFTERWARDS SED-SCRIPT
edit() {
  grep -qF -- "$2" "$tree/$1" && return
  sed -i -e "$3" "$tree/$1"
  grep -qF -- "$2" "$tree/$1" || { echo "native: $1 of this FFmpeg is not as expected: '$2' could not be put in" >&2; exit 1; }
}

filters=libavfilter/allfilters.c makefile=libavfilter/Makefile
shared='deepffmpeg_texts.o deepffmpeg_tower.o'
edit $filters 'ff_vf_clip;' '/^extern const AVFilter ff_vf_codecview;/i extern const AVFilter ff_vf_clip;'
edit $filters 'ff_af_clap;' '/^extern const AVFilter ff_af_compand;/i extern const AVFilter ff_af_clap;'
edit $filters 'ff_avf_avgclass;' '/^extern const AVFilter ff_avf_concat;/i extern const AVFilter ff_avf_avgclass;'
# A tree of an earlier run may have the line with other objects.
edit $makefile 'vf_clip.o deepffmpeg_boxes.o' "/ vf_clip\.o/d;/^OBJS-\$(CONFIG_CODECVIEW_FILTER)/i OBJS-\$(CONFIG_CLIP_FILTER) += vf_clip.o deepffmpeg_boxes.o deepffmpeg_picture.o $shared"
edit $makefile CONFIG_CLAP_FILTER "/^OBJS-\$(CONFIG_CODECVIEW_FILTER)/i OBJS-\$(CONFIG_CLAP_FILTER) += af_clap.o deepffmpeg_log_mel.o deepffmpeg_windows.o $shared"
edit $makefile CONFIG_AVGCLASS_FILTER '/^OBJS-$(CONFIG_CODECVIEW_FILTER)/i OBJS-$(CONFIG_AVGCLASS_FILTER) += avf_avgclass.o'

# drawtext: fontsize is unsigned, so that the label of a box near the top edge gets a huge y and is lost.
edit libavfilter/vf_drawtext.c 's->y = FFMAX(bbox->y - (int)s->fontsize, 0);' \
  's/s->y = bbox->y - s->fontsize;/s->y = FFMAX(bbox->y - (int)s->fontsize, 0);/'
# drawtext: a box without a label of its detector would begin with a comma.
edit libavfilter/vf_drawtext.c 'if (s->text[0])' 's/^\( *\)strcat(s->text, ", ");/\1if (s->text[0])\n\1    strcat(s->text, ", ");/'
# dnn_detect shrinks frames without filtering: a cat at 0.82 becomes a bear at 0.56.
edit libavfilter/dnn/dnn_io_proc.c SWS_BILINEAR 's/SWS_FAST_BILINEAR/SWS_BILINEAR/'
# dnn_detect: with labels set, anchors were never read, and YOLOv4 failed with "anchors is not set".
edit libavfilter/vf_dnn_detect.c 'if ((ret = read_detect_label_file(context)) < 0)' \
  's/^        return read_detect_label_file(context);/        if ((ret = read_detect_label_file(context)) < 0)\n            return ret;/'
# dnn_detect: takes all video for BT.601.
edit libavfilter/dnn/dnn_io_proc.c deepffmpeg_picture.h 's|^#include "dnn_io_proc.h"|&\n#include "libavfilter/deepffmpeg_picture.h"|'
edit libavfilter/dnn/dnn_io_proc.c 'ff_picture_set_colours(sws_ctx, frame);' \
  '/^int ff_frame_to_dnn_detect/,/^}/s/^    ret = av_image_fill_linesizes/    ff_picture_set_colours(sws_ctx, frame);\n&/'
# dnn_detect: without layout=nchw a network of planes, as nearly all are, gets interleaved pixels, and finds nothing.
edit libavfilter/dnn/dnn_backend_openvino.c deepffmpeg_layout.h 's|^#include "dnn_backend_common.h"|&\n#include "libavfilter/deepffmpeg_layout.h"|'
edit libavfilter/dnn/dnn_backend_openvino.c 'deepffmpeg_layout_of(' \
  's/^    if (ctx->ov_option.layout == DL_NCHW)/    if (ctx->ov_option.layout == DL_NONE \&\& ov_model->model.func_type != DFT_PROCESS_FRAME)\n        ctx->ov_option.layout = deepffmpeg_layout_of(ov_model->ov_model, input_name);\n&/'
