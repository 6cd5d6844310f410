#!/usr/bin/env bash
# init-examples-host.sh [--from-scratch|--no-cache]
#
# Brings every example that is a Dagger module (examples/NAME/dagger.json) up to date with `dagger develop`. One
# whose own files and SDK did not change since is left alone, unless --no-cache is given. With --from-scratch its
# dagger.json is made again by `dagger init` and `dagger install`, with the name, SDK and dependencies that it had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  echo "init-examples-host.sh: $1" >&2
  exit 1
}

mode=cached
case "$#:${1:-}" in
  0:) ;;
  1:--no-cache) mode=develop ;;
  1:--from-scratch) mode=init ;;
  *) fail "unknown arguments $*: it is init-examples-host.sh [--from-scratch|--no-cache]" ;;
esac

shopt -s nullglob
modules=(examples/*/dagger.json)
if ((${#modules[@]} == 0)); then
  echo "init-examples-host.sh: no example has a dagger.json: nothing to do" >&2
  exit 0
fi
command -v dagger >/dev/null || fail "dagger is missing: install the Dagger CLI"
command -v python3 >/dev/null || fail "python3 is missing: install the package python3"

# The lines of what a dagger.json says: name, SDK, source folder, then each dependency's name and source.
facts() {
  python3 - "$1" <<'PYTHON'
import json, sys
module = json.load(open(sys.argv[1], encoding="utf-8"))
sdk = module.get("sdk") or ""
print(module["name"])
print(sdk.get("source", "") if isinstance(sdk, dict) else sdk)
print(module.get("source", ""))
for dependency in module.get("dependencies", []):
    print(dependency["name"])
    print(dependency["source"])
PYTHON
}

# A digest of the files that `dagger develop` reads: the example's and, where it has them beside it, the SDK's.
digest() {
  local folder=$1 sdk=$2 folders=("$1")
  if [[ -n $sdk && -d $folder/$sdk ]]; then
    folders+=("$folder/$sdk")
  fi
  find "${folders[@]}" \( -name target -o -name .git \) -prune -o -type f -print0 | sort --zero-terminated |
    xargs --null sha256sum --binary | sha256sum | cut --delimiter=' ' --fields=1
}

develop() {
  (cd "$1" && dagger develop) >&2
}

# Makes dagger.json again; the old one comes back where that fails. In a folder with files, `dagger init` would take
# .dagger for the source; and it would add a LICENSE, which is for the repository to have.
init() {
  local folder=$1 name=$2 sdk=$3 source=$4
  shift 4
  mv "$folder/dagger.json" "$folder/.dagger.json.old"
  if ! (
    cd "$folder" || exit
    dagger init --name="$name" --source="${source:-.}" --license= ${sdk:+--sdk="$sdk"} || exit
    while (($# > 1)); do
      dagger install --name="$1" "$2" || exit
      shift 2
    done
  ) >&2; then
    mv "$folder/.dagger.json.old" "$folder/dagger.json"
    return 1
  fi
  rm "$folder/.dagger.json.old"
}

mkdir -p .tangle-deps/examples
for module in "${modules[@]}"; do
  folder=${module%/dagger.json}
  # The dot keeps empty lines at the end.
  facts=$(facts "$module" && echo .) || fail "$module: it is no dagger.json with a name"
  mapfile -t said <<<"${facts%$'\n'.}"
  known=.tangle-deps/examples/${folder##*/}
  if [[ $mode == init ]]; then
    echo "$folder: dagger init" >&2
    init "$folder" "${said[0]}" "${said[1]}" "${said[2]}" "${said[@]:3}" || fail "$module: dagger init failed"
  elif [[ $mode == cached && -f $known && $(<"$known") == $(digest "$folder" "${said[1]}") ]]; then
    echo "$folder: cached" >&2
    continue
  else
    echo "$folder: dagger develop" >&2
    develop "$folder" || fail "$module: dagger develop failed"
  fi
  digest "$folder" "${said[1]}" >"$known.new"
  mv "$known.new" "$known"
done
