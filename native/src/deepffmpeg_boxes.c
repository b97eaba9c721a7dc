#include <math.h>
#include <string.h>

#include "libavutil/avstring.h"
#include "libavutil/error.h"
#include "libavutil/mem.h"
#include "deepffmpeg_boxes.h"

int ff_boxes_get(AVFrame *frame, AVDetectionBBoxHeader **header)
{
    AVFrameSideData *side = av_frame_get_side_data(frame, AV_FRAME_DATA_DETECTION_BBOXES);
    int ret;

    *header = NULL;
    if (!side)
        return 0;
    if ((ret = av_buffer_make_writable(&side->buf)) < 0)
        return ret;
    side->data = side->buf->data;
    *header    = (AVDetectionBBoxHeader *)side->data;
    return 0;
}

int ff_boxes_is_whole(const AVDetectionBBox *box)
{
    return !box->detect_label[0];
}

/* In place of the boxes that are there comes a copy of them with room for one more: side data cannot grow. */
static AVDetectionBBoxHeader *grow(AVFrame *frame, const AVDetectionBBoxHeader *old)
{
    uint32_t count = old ? old->nb_bboxes : 0;
    size_t size;
    AVDetectionBBoxHeader *header = av_detection_bbox_alloc(count + 1, &size);
    AVBufferRef *buffer = header ? av_buffer_create((uint8_t *)header, size, NULL, NULL, 0) : NULL;

    if (!buffer) {
        av_free(header);
        return NULL;
    }
    av_strlcpy(header->source, old ? old->source : "clip", sizeof(header->source));
    for (uint32_t b = 0; b < count; b++)
        *av_get_detection_bbox(header, b) = *av_get_detection_bbox(old, b);
    av_frame_remove_side_data(frame, AV_FRAME_DATA_DETECTION_BBOXES);
    if (!av_frame_new_side_data_from_buf(frame, AV_FRAME_DATA_DETECTION_BBOXES, buffer)) {
        av_buffer_unref(&buffer);
        return NULL;
    }
    return header;
}

int ff_boxes_get_whole(AVFrame *frame, AVDetectionBBox **box)
{
    AVDetectionBBoxHeader *header;
    int ret = ff_boxes_get(frame, &header);

    if (ret < 0)
        return ret;
    for (uint32_t b = 0; header && b < header->nb_bboxes; b++) {
        *box = av_get_detection_bbox(header, b);
        if (ff_boxes_is_whole(*box))
            return 0;
    }
    if (!(header = grow(frame, header)))
        return AVERROR(ENOMEM);
    *box  = av_get_detection_bbox(header, header->nb_bboxes - 1);
    **box = (AVDetectionBBox){ .w = frame->width, .h = frame->height, .detect_confidence = { 1, 1 } };
    return 0;
}

void ff_boxes_classify(AVDetectionBBox *box, const char *label, double probability)
{
    if (box->classify_count >= AV_NUM_DETECTION_BBOX_CLASSIFY)
        return;
    char *to = box->classify_labels[box->classify_count];
    if (av_strlcpy(to, label, AV_DETECTION_BBOX_LABEL_NAME_MAX_SIZE) >= AV_DETECTION_BBOX_LABEL_NAME_MAX_SIZE) {
        size_t length = AV_DETECTION_BBOX_LABEL_NAME_MAX_SIZE - 1;
        while (length > 0 && (label[length] & 0xC0) == 0x80)
            length--;
        to[length] = 0;
    }
    box->classify_confidences[box->classify_count++] = av_make_q(lrint(probability * 10000), 10000);
}
