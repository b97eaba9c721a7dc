#!/usr/bin/env bash
# Builds the filters once more with AddressSanitizer and UndefinedBehaviorSanitizer, into native/build/sanitized, and runs the
# tests on that. The rest of ffmpeg is taken as build.sh has left it in native/build: allocations are checked everywhere, accesses in
# our files.
# usage: sanitize.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
native=$(dirname "$here")
work=$native/build
out=$work/sanitized
[ -f "$work/ffmpeg/ffmpeg" ] || { echo 'native: run build.sh first' >&2; exit 1; }
flags='-fsanitize=address,undefined -fno-omit-frame-pointer -g -O1'

"$here/add-filters.sh" "$work/tree"
rm -rf "$out" && mkdir -p "$out/dist/bin"
cp -a "$work/ffmpeg" "$out/ffmpeg" # with its times, or make would build all of it again
cd "$out/ffmpeg"
rm -f ffmpeg ffmpeg_g libavfilter/{vf_clip,af_clap,avf_avgclass}.o libavfilter/deepffmpeg_*.o
config() { sed -n "s/^$1=//p" ffbuild/config.mak; }
make -j"${DEEPFFMPEG_NATIVE_JOBS:-$(nproc)}" ffmpeg CFLAGS="$(config CFLAGS) $flags" LDEXEFLAGS="$(config LDEXEFLAGS) $flags" > "$out/make.log" 2>&1 ||
  { tail -n 40 "$out/make.log" >&2; exit 1; }
cp ffmpeg_g "$out/dist/bin/ffmpeg"
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
# OpenVINO's threading opens a library with RTLD_DEEPBIND, at which AddressSanitizer gives up.
cat > "$out/dlopen.c" <<'S'
#define _GNU_SOURCE
#include <dlfcn.h>
void *dlopen(const char *path, int flags)
{
    void *(*next)(const char *, int) = dlsym(RTLD_NEXT, "dlopen");
    return next(path, flags & ~RTLD_DEEPBIND);
}
S
gcc -shared -fPIC -o "$out/dlopen.so" "$out/dlopen.c"
printf '#!/bin/sh\nLD_PRELOAD=%s exec %s "$@"\n' "$out/dlopen.so" "$out/dist/bin/ffmpeg.real" > "$out/dist/bin/ffmpeg.sh"
mv "$out/dist/bin/ffmpeg" "$out/dist/bin/ffmpeg.real"
mv "$out/dist/bin/ffmpeg.sh" "$out/dist/bin/ffmpeg"
chmod +x "$out/dist/bin/ffmpeg"
cd "$native/.."
# AddressSanitizer's own dlopen does not know the run path of ffmpeg.
LD_LIBRARY_PATH=$native/dist/lib DEEPFFMPEG_NATIVE_DIST=$out/dist \
  ASAN_OPTIONS=detect_leaks=1:halt_on_error=1:detect_odr_violation=0:verify_asan_link_order=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
  LSAN_OPTIONS=suppressions=$out/leaks.txt:print_suppressions=0 \
  npx vitest run --project native --testTimeout 300000
