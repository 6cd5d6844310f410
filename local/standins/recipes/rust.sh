#!/usr/bin/env bash
# rust:1.95.0-slim-bookworm: this host's own toolchain with Debian's linker,
# where the host has that version: Debian's rustc is far older.
# shellcheck disable=SC2034,SC2154,SC2016 # read and set by `build`; $1 is the hooks' own
wanted=${image#rust:}
wanted=${wanted%%-*}
found=$(rustc --version 2>/dev/null | cut -d' ' -f2) || found=none
[ "$found" = "$wanted" ] || die "no recipe for $image: it takes a host with rustc $wanted, this one has $found" 3

packages+=(gcc libc6-dev)
sysroot=$(rustc --print sysroot)
toolchain=/usr/local/rustup/toolchains/$wanted
# Without share, which holds 800 MB of documentation.
customize+=("mkdir -p \"\$1$toolchain\" \"\$1/usr/local/cargo/bin\"
for part in bin lib libexec etc; do
    [ ! -d '$sysroot'/\$part ] || cp -a '$sysroot'/\$part \"\$1$toolchain/\"
done
for tool in \"\$1$toolchain\"/bin/*; do
    ln -s \"$toolchain/bin/\${tool##*/}\" \"\$1/usr/local/cargo/bin/\${tool##*/}\"
done")

config='{
    "Env": [
        "PATH=/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "RUSTUP_HOME=/usr/local/rustup",
        "CARGO_HOME=/usr/local/cargo",
        "RUST_VERSION='$wanted'"
    ],
    "Cmd": ["/bin/bash"]
}'
