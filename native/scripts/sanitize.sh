#!/usr/bin/env bash
# Builds the filters once more with AddressSanitizer and UndefinedBehaviorSanitizer, into native/build/sanitized, and runs the
# tests on that. Needs what build.sh has left in native/build. Only what the filters use is built, in about two minutes.
# usage: sanitize.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
native=$(dirname "$here")
work=$native/build
out=$work/sanitized
[ -d "$work/tree" ] && [ -d "$work/openvino" ] || { echo 'native: run build.sh first' >&2; exit 1; }
flags='-fsanitize=address,undefined -fno-omit-frame-pointer -g'
run_path="-Wl,-rpath,'\\\$\\\$ORIGIN/../lib'"

"$here/add-filters.sh" "$work/tree"
mkdir -p "$out/ffmpeg" "$out/dist/bin"
cd "$out/ffmpeg"
if [ ! -f config.h ]; then
  PKG_CONFIG_PATH=$work/openvino/lib/pkgconfig "$work/tree/configure" --disable-doc --disable-ffplay --disable-autodetect --disable-stripping \
    --disable-everything --disable-x86asm --enable-gpl --enable-libopenvino --enable-libfreetype --enable-libfontconfig --enable-libharfbuzz \
    --enable-zlib --enable-protocol=file,pipe --enable-indev=lavfi --enable-muxer=null,mjpeg,rawvideo --enable-demuxer=mjpeg,image2,image_jpeg_pipe,wav \
    --enable-encoder=wrapped_avframe,pcm_s16le,mjpeg,rawvideo --enable-decoder=mjpeg,wrapped_avframe,rawvideo,pcm_s16le,pcm_f32le --enable-parser=mjpeg \
    --enable-filter=clip,clap,avgclass,dnn_detect,showinfo,scale,metadata,ametadata,drawbox,drawtext,format,aformat,aresample,crop,pad,null,anull,color,testsrc2,sine,anoisesrc,anullsrc,concat,setparams,asetnsamples,asetpts,setpts,pan,astats,hue \
    --toolchain=gcc-asan --extra-cflags="$flags" --extra-ldflags="$flags" --extra-ldexeflags="$run_path" --extra-libs=-ldl > "$out/configure.log" 2>&1 ||
    { tail -n 20 "$out/configure.log" >&2; exit 1; }
fi
make -j"${DEEPFFMPEG_NATIVE_JOBS:-$(nproc)}" ffmpeg > "$out/make.log" 2>&1 || { tail -n 40 "$out/make.log" >&2; exit 1; }
cp ffmpeg "$out/dist/bin/"
ln -sfn "$native/dist/lib" "$out/dist/lib"
# The runtimes keep memory to the end, and were built without the checks.
cat > "$out/leaks.txt" <<'S'
leak:libopenvino
leak:libtbb
leak:libtorch
leak:libc10
leak:libgomp
leak:libfontconfig
leak:libdeepffmpeg_torch
leak:_dl_
S
cd "$native/.."
DEEPFFMPEG_NATIVE_DIST=$out/dist \
  ASAN_OPTIONS=detect_leaks=1:halt_on_error=1:detect_odr_violation=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
  LSAN_OPTIONS=suppressions=$out/leaks.txt:print_suppressions=0 \
  npx vitest run --project native --testTimeout 300000
