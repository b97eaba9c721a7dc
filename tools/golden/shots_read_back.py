"""Writes packages/technical/test/golden/shots/read-back.json: what others read in our exports of shots.

EDL, OTIO and FCPXML, which the tests wrote beside it, are read by OpenTimelineIO; the CSV that PySceneDetect writes for
the same frames is there to compare with.

The FCPXML adapter cuts the rate to a whole number (29.97 becomes 29) and frames downwards: its two functions that turn
fractions into frames are replaced by exact ones. All else of its reading is its own.

Run with OpenTimelineIO 0.18.1, otio-cmx3600-adapter 1.0.0, otio-fcpx-xml-adapter 1.0.0 and scenedetect 0.7.2:
npx vitest run --project technical -u read-back && python3 tools/golden/shots_read_back.py
"""
import hashlib
import io
import json
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import opentimelineio as otio
from otio_fcpx_xml_adapter import fcpx_xml
from scenedetect import FrameTimecode
from scenedetect.output import write_scene_list

FOLDER = Path(__file__).parents[2] / "packages/technical/test/golden/shots"


def exact_rate(self, format_id):
    total, rate = self._format_frame_duration(format_id)
    return Fraction(int(rate), int(total))


def exact_time(text, rate):
    frames = Fraction((text or "0s").removesuffix("s")) * rate
    assert frames.denominator == 1, f"{text} is no whole number of frames"
    return otio.opentime.RationalTime(int(frames), float(rate))


fcpx_xml.FcpxXml._format_frame_rate = exact_rate
fcpx_xml.to_rational_time = exact_time


def read(path, rate):
    text = path.read_text()
    if path.suffix == ".edl":
        timeline = otio.adapters.read_from_string(text, "cmx_3600", rate=rate)
    elif path.suffix == ".otio":
        timeline = otio.adapters.read_from_string(text, "otio_json")
    else:
        timeline = fcpx_xml.read_from_string(text)[0]
    clips = timeline.find_clips()
    ranges = [clip.source_range for clip in clips]
    for clip, span in zip(clips, ranges):
        assert abs(span.duration.rate - rate) < 1e-9, span
        assert clip.trimmed_range() == span
    # one after the other, without gaps between them
    assert all(a.end_time_exclusive() == b.start_time for a, b in zip(ranges, ranges[1:]))
    return {
        "digest": hashlib.sha256(path.read_bytes()).hexdigest(),
        "name": timeline.name,
        "media": sorted({getattr(clip.media_reference, "target_url", None) or "" for clip in clips}),
        "clips": [[span.start_time.to_frames(), span.duration.to_frames()] for span in ranges],
    }


files, tables, codes = {}, {}, {}
for name, case in json.loads((FOLDER / "cases.json").read_text()).items():
    rate = Fraction(*case["rate"])
    for ending in ("edl", "otio", "fcpxml"):
        files[f"{name}.{ending}"] = read(FOLDER / f"{name}.{ending}", float(rate))
    cuts = case["cuts"]
    if "seconds" not in case:
        scenes = [tuple(FrameTimecode(frame, rate) for frame in pair) for pair in zip(cuts, cuts[1:])]
        table = io.StringIO()
        write_scene_list(table, scenes, include_cut_list=False)
        tables[name] = table.getvalue()

for rate, drops in ((Fraction(24000, 1001), False), (Fraction(25), False), (Fraction(30), False),
                    (Fraction(30000, 1001), False), (Fraction(30000, 1001), True),
                    (Fraction(60000, 1001), False), (Fraction(60000, 1001), True)):
    # Without dropping, OpenTimelineIO begins anew after a day of the clock, and not of the code: not asked for.
    starts = (1, 900, 1800, 3600, 17982, 18000, 35964, 36000, 107892, 215784, *([1294704, 2589407] if drops else []))
    frames = sorted({start + more for start in starts for more in (-1, 0, 1, 2, 3, 4)})
    codes[f"{rate} {'drop' if drops else 'non-drop'}"] = {
        frame: otio.opentime.to_timecode(
            otio.opentime.RationalTime(frame, float(rate)), float(rate), drop_frame=drops)
        for frame in frames
    }

made_with = {name: version(name)
             for name in ("OpenTimelineIO", "otio-cmx3600-adapter", "otio-fcpx-xml-adapter", "scenedetect")}
made_with["command"] = "python3 tools/golden/shots_read_back.py"
result = {"made_with": made_with, "files": files, "csv": tables, "timecodes": codes}
(FOLDER / "read-back.json").write_text(json.dumps(result, indent=1) + "\n")
