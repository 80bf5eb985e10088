#!/bin/sh
# The one list of Debian packages that lifang needs. Installs what is missing; does nothing otherwise.
# Usage: sh tools/deps.sh [--list]
set -eu
packages="
    gcc g++ cmake ninja-build pkg-config git
    libgdal-dev gdal-bin libproj-dev libgeos-dev
    libyaml-dev libexpat1-dev libjansson-dev libsqlite3-dev
    libxlsxwriter-dev libpng-dev zlib1g-dev libfreetype-dev libfontconfig-dev fonts-wqy-microhei
    libgl-dev libegl-dev libglew-dev libsdl2-dev libimgui-dev libgl1-mesa-dri
    python3 xvfb xauth xdotool unzip xz-utils libxml2-utils
"
if [ "${1:-}" = --list ]; then
    printf '%s\n' $packages
    exit 0
fi
missing=
for package in $packages; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "lifang: installing$missing"
root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "lifang: run this as root, or install:$missing" >&2
        exit 1
    }
    root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
$root apt-get install -y -qq --no-install-recommends $missing >/dev/null
