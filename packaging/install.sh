#!/usr/bin/env bash
# Install everything the project needs into .venv/, system packages included. Safe to run again.
# Usage: packaging/install.sh            (called by make)
set -euo pipefail
cd "$(dirname "$0")/.."

qt="libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libpulse0 libxrandr2"
fonts="fontconfig fonts-inter fonts-dejavu-core"
confinement="libseccomp2"
screen="xvfb xauth libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0"

install_system_packages() {
  command -v dpkg-query >/dev/null || return 0
  missing=""
  for package in $qt $fonts $confinement $screen; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ]; then
    sudo=""
  elif sudo -n true 2>/dev/null; then
    sudo="sudo -n"
  else
    echo "Some system packages are missing. Please run, then try again:"
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
    exit 2
  fi
  echo "Installing system packages:$missing"
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

install_python_packages() {
  stamp=.venv/.installed
  wanted=$(cat requirements/dev.lock pyproject.toml packaging/install.sh | sha256sum | cut -d' ' -f1)
  [ "$(cat $stamp 2>/dev/null || true)" = "$wanted" ] && return 0
  python=/usr/bin/python3
  [ -x "$python" ] || python=$(command -v python3)
  [ -x .tools/bin/uv ] || "$python" -m pip install --quiet --root-user-action=ignore --target .tools uv
  [ -x .venv/bin/python ] || .tools/bin/uv venv --quiet --python "$python" .venv
  echo "Installing Python packages into .venv"
  .tools/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/dev.lock
  .tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
  echo "$wanted" >$stamp
}

install_system_packages
install_python_packages
