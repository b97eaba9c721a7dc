/**
 * @file
 * The boxes in a frame's side data that classifications are written to: those of a detector, and one of the whole frame.
 */

#ifndef AVFILTER_DEEPFFMPEG_BOXES_H
#define AVFILTER_DEEPFFMPEG_BOXES_H

#include "libavutil/detection_bbox.h"
#include "libavutil/frame.h"

/**
 * Gives the frame's boxes for writing.
 *
 * @param header NULL for a frame without any
 * @return negative AVERROR code on failure
 */
int ff_boxes_get(AVFrame *frame, AVDetectionBBoxHeader **header);

/**
 * Gives the box of the whole frame for writing: the one that is there, else a new one behind those of a detector.
 *
 * @return negative AVERROR code on failure
 */
int ff_boxes_get_whole(AVFrame *frame, AVDetectionBBox **box);

/** Whether it is the box of a whole frame. No detector found it, so it has no label of one, which all others have. */
int ff_boxes_is_whole(const AVDetectionBBox *box);

/** Adds a classification. A box has room for four, with labels of 63 bytes: longer ones are cut before the character that does not fit. */
void ff_boxes_classify(AVDetectionBBox *box, const char *label, double probability);

#endif
