#!/usr/bin/env bash
# The module, its SDK, its examples, its end-to-end tests and its documents on a Dagger engine:
#
#   DAGGER=/path/to/dagger tests/engine.sh [PART…]
#
# Without PART all of them: load, checks, sdk, examples, session, documents. Each part says what it ran; what could not
# be run is named with what it lacks, and with ENGINE_ALL=1 that is a failure. The CLI decides which engine it talks to.
# The end-to-end tests need cargo, the documents emacs: local/setup.sh build documents.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD

die() {
  echo "engine.sh: $1" >&2
  exit 2
}

parts=(load checks sdk examples session documents)
for part in "$@"; do
  [[ " ${parts[*]} " == *" $part "* ]] || die "no part '$part': ${parts[*]} are known"
done
(($# == 0)) || parts=("$@")

dagger=${DAGGER:-$(command -v dagger || true)}
[[ -n $dagger ]] || die "say which Dagger CLI: DAGGER=/path/to/dagger tests/engine.sh"
[[ -x $dagger ]] || die "DAGGER=$dagger is no program"
dagger=$(readlink --canonicalize "$dagger")

work=$(mktemp --directory "${TMPDIR:-/tmp}/dind-engine.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
mkdir "$work/bin"
ln -s "$dagger" "$work/bin/dagger"
export PATH="$work/bin:$PATH" DIND_SESSION=dagger DAGGER_NO_NAG=1
unset DAGGER_MODULE

version=$(dagger version | grep --only-matching 'v[0-9][^ ]*' | head -n 1) || die "$dagger says no version"
# The major version decides how a module is made.
major=${version#v}
major=${major%%.*}
echo "engine.sh: $dagger, $version"

passed=0 failed=0 not_run=0
pass() {
  passed=$((passed + 1))
  echo "ok    $1"
}
fail() {
  failed=$((failed + 1))
  echo "FAIL  $1"
  sed 's/^/      /'
}
skip() {
  not_run=$((not_run + 1))
  [[ ${ENGINE_ALL:-} != 1 ]] || failed=$((failed + 1))
  echo "not run: $1"
}

# expect TITLE PATTERN COMMAND…: the command ends with 0, and a line that it prints fits the pattern, if there is one.
expect() {
  local title=$1 pattern=$2 start=$EPOCHSECONDS
  shift 2
  if "$@" >"$work/log" 2>&1 </dev/null && { [[ -z $pattern ]] || grep --quiet --extended-regexp -- "$pattern" "$work/log"; }; then
    pass "$title ($((EPOCHSECONDS - start)) s)"
  else
    fail "$title: no '$pattern' from: $*" < <(tail -n 20 "$work/log")
  fi
}

# suite TITLE COMMAND…: the command's own lines, and whether it ended with 0.
suite() {
  local title=$1 start=$EPOCHSECONDS code=0
  shift
  "$@" </dev/null || code=$?
  if ((code == 0)); then
    pass "$title ($((EPOCHSECONDS - start)) s)"
  else
    fail "$title: exit code $code" </dev/null
  fi
}

load() {
  expect "the module loads" '^dind-with-docker ' dagger functions
  expect "a call with Docker" '^linux$' dagger call dind-with-docker --cmd="docker info --format '{{.OSType}}'" stdout
}

checks() {
  expect "the checks are listed" 'dind-check' dagger check -l
  suite "the checks pass" dagger check
}

# A project of somebody else, with a copy of the SDK in it: an engine looks no higher than the root of the repository.
project() {
  rm -rf "$work/project"
  mkdir -p "$work/project/sdk"
  git -C "$work/project" init --quiet
  git -C "$repository" ls-files --cached --others --exclude-standard -z sdk |
    tar --directory="$repository" --create --null --files-from=- | tar --directory="$work/project" --extract
}

edit() {
  sed -i 's|"echo", \(&\?string_arg\)|"echo", "edited", \1|' "$1"
  grep --quiet '"edited"' "$1"
}

sdk() {
  local module
  project
  cd "$work/project"
  if ((major >= 1)); then
    expect "the SDK is installed" '' dagger sdk install -y --name=rust ./sdk
    expect "a module is made" '' dagger module init -y rust first-steps
    module=.dagger/modules/first-steps
  else
    module=first-steps
    mkdir "$module"
    cd "$module"
    expect "a module is made" '' dagger init --sdk=../sdk --name=first-steps
    cd ..
  fi
  if [[ ! -e $module/src/main.rs ]]; then
    fail "the new module's first file: there is no $module/src/main.rs" < <(find . -not -path './.git/*' -not -path './sdk/*')
    cd "$repository"
    return
  fi
  expect "the new module's functions" '^container-echo ' dagger -m "./$module" functions
  expect "a call of the new module" '^hello$' dagger -m "./$module" call container-echo --string-arg=hello stdout
  if edit "$module/src/main.rs"; then
    expect "an edit of the new module" '^edited hello$' dagger -m "./$module" call container-echo --string-arg=hello stdout
  else
    fail "an edit of the new module: the template's function is another one" <"$module/src/main.rs"
  fi
  cd "$repository"
}

examples() {
  expect "examples/hello" '^container-echo ' dagger -m ./examples/hello functions
  expect "examples/rust-module" '^[a-z-]+ ' dagger -m ./examples/rust-module functions
}

session() {
  if ! command -v cargo >/dev/null; then
    skip "the end-to-end tests: cargo is missing"
    return
  fi
  suite "the end-to-end tests" cargo test --quiet --locked --package dind --test session
}

documents() {
  if ! command -v emacs >/dev/null; then
    skip "the documents: emacs is missing (local/setup.sh documents)"
    return
  fi
  suite "the documents" env DOCS_ALL="${ENGINE_ALL:-}" tests/docs.sh
}

for part in "${parts[@]}"; do
  "$part"
done
((not_run == 0)) || echo "not run: $not_run"
echo "$passed passed, $failed failed"
((failed == 0))
