#!/usr/bin/env bash
# Builds FFmpeg with every stock filter and ours into native/dist (bin/, lib/), on Debian 12. Each step leaves a stamp of what
# went into it: a second run does only what is missing or has changed. Outside of native/ it changes nothing but apt packages.
# usage: build.sh [--without-openvino] [--without-libtorch]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
native=$(dirname "$here")
work=$native/build
dist=$native/dist
openvino=yes torch=yes
for option; do
  case $option in
    --without-openvino) openvino=no ;;
    --without-libtorch) torch=no ;;
    *) echo "usage: build.sh [--without-openvino] [--without-libtorch]; $option is not known" >&2; exit 2 ;;
  esac
done
jobs=${DEEPFFMPEG_NATIVE_JOBS:-$(nproc)}

say() { echo "native: $*" >&2; }
stop() { say "$*"; exit 1; }
digest() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

# step NAME WHAT-GOES-IN FUNCTION RESULT: runs the function unless it has run with the same before, and what it made is still there.
step() {
  local stamp=$work/stamps/$1 start=$SECONDS
  if [ -e "$4" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$2" ]; then say "$1: done before"; return; fi
  rm -f "$stamp"
  say "$1 ..."
  "$3"
  echo "$2" > "$stamp"
  say "$1: $((SECONDS - start)) s"
}

# logged NAME COMMAND...: keeps a long output in a file, and shows its end when the command fails.
logged() {
  local log=$work/$1.log
  shift
  "$@" > "$log" 2>&1 && return
  tail -n 40 "$log" >&2
  stop "$1 failed; all it said is in $log"
}

check_system() {
  [ -r /etc/os-release ] || stop 'this is no Linux: the build is made for Debian 12'
  local name
  name=$(. /etc/os-release && echo "$ID $VERSION_ID")
  [ "$name" = 'debian 12' ] || stop "the build is made for Debian 12, this is $name"
  [ "$openvino" = no ] || [ "$(uname -m)" = x86_64 ] ||
    stop "OpenVINO is taken for x86_64 only, this is $(uname -m): use --without-openvino"
  local free
  free=$(df -Pk "$native" | awk 'NR == 2 { print $4 }')
  [ "$free" -gt 1500000 ] || stop "the build needs 1.5 GB in $native, $((free / 1000)) MB are free"
}

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q ' installed'; }

install_packages() {
  local wanted missing=() name
  wanted=$(grep -v '^#' "$here/packages.txt" | grep -v '^torch:')
  [ "$torch" = no ] || wanted+=" $(sed -n 's/^torch://p' "$here/packages.txt")"
  for name in $wanted; do is_installed "$name" || missing+=("$name"); done
  if [ ${#missing[@]} -eq 0 ]; then say 'packages: all installed'; return; fi
  local install="apt-get install -y --no-install-recommends ${missing[*]}" sudo=
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || stop "as root: apt-get update && $install"
    sudo='sudo -n'
  fi
  say "packages: $install"
  # Its own cache: another apt at the same time, or an image's clean-up after each install, deletes from the common one.
  local archives=$work/apt/archives
  mkdir -p "$archives/partial"
  local options=(-o DPkg::Lock::Timeout=600 -o "Dir::Cache::archives=$archives" -o APT::Sandbox::User=root)
  logged apt-update $sudo apt-get "${options[@]}" update -q
  logged apt-install $sudo env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install -qy --no-install-recommends "${missing[@]}"
  rm -rf "$archives"
}

# FFmpeg 7.1 is in the Debian after ours: a private apt state knows its *sources* and nothing else, so that no program of it
# can ever be installed by mistake, and the system's own sources stay as they are. apt checks the signature.
fetch_ffmpeg() {
  local apt=$work/apt
  rm -rf "$apt" && mkdir -p "$apt/lists/partial" "$apt/source"
  local mirror
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
  [ -n "$mirror" ] || stop 'apt knows no mirror of Debian: is /etc/apt/sources.list.d empty?'
  cat > "$apt/trixie.sources" <<S
Types: deb-src
URIs: $mirror
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
S
  local options=(-o "Dir::Etc::sourcelist=$apt/trixie.sources" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$apt/lists"
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root)
  logged source-update apt-get "${options[@]}" update -q
  (cd "$apt/source" && logged source-fetch apt-get "${options[@]}" source -q --download-only ffmpeg)
  local archives=("$apt"/source/ffmpeg_7.1*.orig.tar.xz)
  [ -f "${archives[0]}" ] || stop "trixie's ffmpeg is no 7.1 any more: $(ls "$apt/source")"
  rm -rf "$work/ffmpeg" "$work/tree" && mkdir "$work/tree"
  tar xf "${archives[0]}" -C "$work/tree" --strip-components=1
}

# Lays out what is needed of the wheel as include/, lib/ and lib/pkgconfig/.
stage_openvino() {
  local stage=$work/openvino wheel=$work/wheel file
  rm -rf "$stage" "$wheel" && mkdir -p "$stage/lib/pkgconfig"
  logged wheel python3 -m pip download -q --no-deps --only-binary=:all: --require-hashes --python-version 3.11 \
    --implementation cp --platform manylinux_2_28_x86_64 -d "$wheel" -r "$here/openvino-requirements.txt"
  python3 -m zipfile -e "$wheel"/openvino-*.whl "$wheel/unpacked"
  local from=$wheel/unpacked/openvino
  cp -r "$from/include" "$stage/"
  for file in libopenvino libopenvino_c libopenvino_onnx_frontend libopenvino_ir_frontend libtbb; do cp "$from"/libs/$file.so.* "$stage/lib/"; done
  cp "$from/libs/libopenvino_intel_cpu_plugin.so" "$stage/lib/"
  # In the folder of the libraries: OpenVINO looks for it there, and finds the plugin it names beside it. Without it CPUs that can
  # would compute in bfloat16, and find other objects.
  cp "$here/plugins.xml" "$stage/lib/"
  for file in libopenvino libopenvino_c; do (cd "$stage/lib" && ln -s $file.so.* $file.so); done
  local version
  version=$(sed -n 's/^openvino==\([^ ]*\).*/\1/p' "$here/openvino-requirements.txt")
  sed "s/@VERSION@/$version/" "$here/openvino.pc.in" > "$stage/lib/pkgconfig/openvino.pc"
  rm -rf "$wheel"
}

# The libraries are those that our other packages use through ffmpeg, and drawing; every filter that needs no more is built.
configure_options=(--prefix=/ --disable-doc --disable-debug --disable-ffplay --disable-autodetect --enable-gpl --enable-version3
  --enable-zlib --enable-gnutls --enable-libdav1d --enable-libx264 --enable-libvpx --enable-libopus --enable-libzimg
  --enable-libfreetype --enable-libfontconfig --enable-libharfbuzz)
[ "$openvino" = no ] || configure_options+=(--enable-libopenvino)
# make and the shell each take away one level of quoting.
run_path="-Wl,-rpath,'\\\$\\\$ORIGIN/../lib'"

configure_ffmpeg() {
  rm -rf "$work/ffmpeg" && mkdir "$work/ffmpeg"
  cd "$work/ffmpeg"
  local paths=$work/openvino/lib/pkgconfig
  [ "$openvino" = yes ] || paths=
  PKG_CONFIG_PATH=$paths${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH} logged configure \
    "$work/tree/configure" "${configure_options[@]}" --extra-ldexeflags="$run_path" --extra-libs=-ldl
}

compile_ffmpeg() {
  cd "$work/ffmpeg"
  logged make make -j"$jobs" ffmpeg ffprobe
}

compile_torch() {
  mkdir -p "$work/engines"
  # Without back traces of C++ names, a message of LibTorch is one a person can read.
  logged torch g++ -std=c++17 -O2 -fPIC -fvisibility=hidden -Wall -Wextra -shared -s -isystem /usr/include/torch/csrc/api/include \
    -o "$work/engines/libdeepffmpeg_torch.so" "$native/src/engine_torch.cpp" -ltorch -ltorch_cpu -lc10 -Wl,--no-undefined
}

compile_openvino() {
  mkdir -p "$work/engines"
  logged openvino gcc -std=c11 -O2 -fPIC -fvisibility=hidden -Wall -Wextra -shared -s -isystem "$work/openvino/include" \
    -o "$work/engines/libdeepffmpeg_openvino.so" "$native/src/engine_openvino.c" -L"$work/openvino/lib" -lopenvino_c \
    -Wl,-rpath,'$ORIGIN' -Wl,--no-undefined
}

# Whole or not at all: put together aside, tried, then renamed.
install_all() {
  local new=$native/dist.new
  rm -rf "$new" && mkdir -p "$new/bin" "$new/lib"
  cp "$work/ffmpeg/ffmpeg" "$work/ffmpeg/ffprobe" "$new/bin/"
  if [ "$openvino" = yes ]; then
    cp "$work"/openvino/lib/*.so.[0-9]* "$work"/openvino/lib/*_plugin.so "$work/openvino/lib/plugins.xml" "$new/lib/"
    cp "$work/engines/libdeepffmpeg_openvino.so" "$new/lib/"
  fi
  [ "$torch" = no ] || cp "$work/engines/libdeepffmpeg_torch.so" "$new/lib/"
  local missing filter filters=(clip clap avgclass)
  [ "$openvino" = no ] || filters+=(dnn_detect)
  missing=$(ldd "$new"/bin/* "$new"/lib/*.so* | grep 'not found' | sort -u || true)
  [ -z "$missing" ] || stop "libraries are missing: $missing"
  local listed
  listed=$("$new/bin/ffmpeg" -hide_banner -filters)
  for filter in "${filters[@]}"; do
    grep -q " $filter " <<< "$listed" || stop "the ffmpeg that was built has no filter $filter"
  done
  echo "{ \"openvino\": $([ "$openvino" = yes ] && echo true || echo false), \"torch\": $([ "$torch" = yes ] && echo true || echo false) }" > "$new/build.json"
  rm -rf "$dist" && mv "$new" "$dist"
}

check_system
mkdir -p "$work/stamps"
install_packages
step source trixie fetch_ffmpeg "$work/tree/configure"
[ "$openvino" = no ] || step openvino "$(digest "$here/openvino-requirements.txt" "$here/plugins.xml" "$here/openvino.pc.in")" stage_openvino "$work/openvino/lib"
"$here/add-filters.sh" "$work/tree"
step configure "${configure_options[*]} $(cat "$work/stamps/openvino" 2>/dev/null) $(cksum < "$work/tree/libavfilter/allfilters.c")" configure_ffmpeg "$work/ffmpeg/config.h"
sources=$(cd "$work/tree/libavfilter" && digest *.c *.h dnn/*.c Makefile)
step make "$(digest "$work/stamps/configure") $sources" compile_ffmpeg "$work/ffmpeg/ffmpeg"
[ "$torch" = no ] || step torch-engine "$(digest "$native"/src/engine_torch.cpp "$native/src/deepffmpeg_engine.h")" compile_torch "$work/engines/libdeepffmpeg_torch.so"
[ "$openvino" = no ] || step openvino-engine "$(cat "$work/stamps/openvino") $(digest "$native"/src/engine_openvino.c "$native/src/deepffmpeg_engine.h")" compile_openvino "$work/engines/libdeepffmpeg_openvino.so"
step install "$openvino $torch $(cat "$work"/stamps/{make,torch-engine,openvino-engine} 2>/dev/null | sha256sum)" install_all "$dist/bin/ffmpeg"
say "ready: $dist/bin/ffmpeg ($(du -sm "$dist" | cut -f1) MB, $SECONDS s)"
