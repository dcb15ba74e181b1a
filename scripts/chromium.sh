#!/usr/bin/env bash
# Print the path of a Chromium or Chrome for the browser tests; never downloads one itself.
#
# As root on Debian and its kin the distribution's package is installed; elsewhere one line
# says what to do.
set -u

find_browser() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
                "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        [ -n "$name" ] && command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

find_browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's chromium for the browser tests" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get install -qq -y --no-install-recommends chromium ||
        { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; }; } >/dev/null 2>&1
    find_browser && exit 0
fi
echo "The browser tests need Chromium or Chrome (Debian: apt install chromium); name it with CHROMIUM=/path." >&2
exit 1
