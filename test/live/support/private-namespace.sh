#!/bin/sh
# Runs inside a fresh mount namespace: gives libvirt directories of its own below $1, says so, and keeps the namespace alive.
set -eu
base=$1
mount -t tmpfs tmpfs /run
mkdir -p /run/sshd /run/libvirt /run/lock
for part in etc lib log cache; do mkdir -p "$base/$part"; done
cp "$base"/conf/*.conf "$base/etc/"
mount --bind "$base/etc" /etc/libvirt
mount --bind "$base/lib" /var/lib/libvirt
mount --bind "$base/log" /var/log/libvirt
mount --bind "$base/cache" /var/cache/libvirt
echo ready
exec sleep infinity
