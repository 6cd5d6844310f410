#!/usr/bin/env bash
# tests/docs.sh [NAME…]: runs the blocks of the documents and compares what they print with what is recorded.
#
# The blocks say `dagger`: that is the Dagger CLI where it is installed, else the local session under that name;
# DIND_SESSION=local|dagger decides otherwise. Each block runs in a copy of the repository, so that the tree stays as
# it is. A block whose `:needs` fails is named, and with DOCS_ALL=1 that is a failure.
#
# tests/docs.sh --record [FILE…]: ./run-host.sh FILE… with the same `dagger`, which records what the blocks print.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD

# Longer than any block takes on two busy cores, in seconds.
limit=600

if [[ -z ${DIND_SESSION:-} ]]; then
  DIND_SESSION=$(command -v dagger >/dev/null && echo dagger || echo local)
fi
export DIND_SESSION

work=$(mktemp --directory "${TMPDIR:-/tmp}/dind-docs.XXXXXX")
trap 'rm -rf -- "$work"' EXIT

if [[ $DIND_SESSION == local ]]; then
  mkdir "$work/bin"
  # What the local session says about itself is no part of a recorded error.
  [[ ${1:-} != --record ]] || filter='2> >(grep --invert-match -e "^dind: " -e "^no registry can be reached" >&2)'
  printf '#!/usr/bin/env bash\nexec %q "$@" %s\n' "$repository/dind" "${filter:-}" >"$work/bin/dagger"
  chmod +x "$work/bin/dagger"
  PATH=$work/bin:$PATH
elif ! command -v dagger >/dev/null; then
  echo "docs.sh: DIND_SESSION=dagger, but the Dagger CLI is not installed" >&2
  exit 1
fi
export PATH

if [[ ${1:-} == --record ]]; then
  shift
  export DAGGER_MODULE=$repository
  ./run-host.sh "$@"
  ./tangle-host.sh
  exit
fi

passed=0 failed=0
pass() {
  passed=$((passed + 1))
  echo "ok    $1"
}
# fail TITLE: standard input says why.
fail() {
  failed=$((failed + 1))
  echo "FAIL  $1"
  sed 's/^/      /'
}

# The files of the repository, without what is built.
sources() {
  if git rev-parse --verify --quiet HEAD >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' file; do
      [[ ! -e $file ]] || printf '%s\0' "$file"
    done
  else
    find . \( -name .git -o -name target -o -name .tangle-deps -o -name _site \) -prune -o ! -type d -print0
  fi
}
mkdir "$work/pristine"
sources | tar --create --null --files-from=- | tar --extract --directory="$work/pristine"
# What looks for a repository's root finds this one.
mkdir "$work/pristine/.git"

# fresh: a new copy of the repository, always at the same place.
fresh() {
  rm -rf "$work/copy"
  cp --archive "$work/pristine" "$work/copy"
}

tangled() {
  fresh
  if "$work/copy/tangle-host.sh" >"$work/log" 2>&1 && diff --recursive "$work/pristine" "$work/copy" >>"$work/log"; then
    pass "the tangled files are what the documents give"
  else
    fail "the tangled files are what the documents give: run ./tangle-host.sh" <"$work/log"
  fi
}

linked() {
  local file link missing=
  while IFS=: read -r file link; do
    [[ -e $(dirname "$file")/$link ]] || missing+="$file: $link"$'\n'
  done < <(cd "$work/pristine" && find . -path ./tests -prune -o -name '*.org' -exec grep --only-matching --with-filename '\[\[file:[^]:]*' {} + |
    sed "s|^\./\([^:]*\):\[\[file:|$work/pristine/\1:|")
  if [[ -z $missing ]]; then
    pass "links between the documents lead to files"
  else
    fail "links between the documents lead to files" <<<"$missing"
  fi
}

# option NAME COMMAND: what the head of the command says.
option() { sed -n "1,/^set /s/^# $1: //p" "$2"; }

# in_order RECORDED ACTUAL: whether each line of one is part of a line of the other, in the same order. How a message
# is introduced is the CLI's own.
in_order() {
  local recorded line
  exec 3<"$2"
  while IFS= read -r recorded; do
    while :; do
      IFS= read -r line <&3 || return 1
      [[ $line != *"${recorded#Error: }"* ]] || break
    done
  done <"$1"
}

# Whether what COMMAND printed is what is recorded.
as_recorded() {
  local expected=$1 exit=$2 check=$3
  [[ $check != exit-only ]] || return 0
  if [[ ! -e $expected ]]; then
    echo "nothing is recorded: run tests/docs.sh --record" >>"$work/differences"
    return 1
  fi
  if [[ $exit == 0 ]]; then
    # A document can't say whether the last line was ended; sed ends it. The Dagger CLI sets headings in bold, wherever
    # they are printed to.
    diff "$expected" <(sed -e 's/\x1b\[[0-9;]*m//g' -e "\$a\\" "$work/stdout") >>"$work/differences"
  elif ! in_order "$expected" "$work/both"; then
    { echo "recorded:" && cat "$expected"; } >>"$work/differences"
    return 1
  fi
}

block() {
  local command=$1 name exit check needs code=0 start=$EPOCHSECONDS
  name=$(basename "$command")
  exit=$(option exit "$command") check=$(option check "$command") needs=$(option needs "$command")
  fresh
  : >"$work/differences"
  if [[ -n $needs ]] && ! (cd "$work/copy" && bash -c "$needs") >/dev/null 2>&1 </dev/null; then
    if [[ ${DOCS_ALL:-} == 1 ]]; then
      fail "$name: needs $needs" </dev/null
    else
      not_run=$((not_run + 1))
      echo "not run: $name needs $needs"
    fi
    return
  fi
  timeout --kill-after=30 "$limit" "$work/copy/tests/commands/$name" >"$work/stdout" 2>"$work/stderr" </dev/null || code=$?
  cat "$work/stdout" "$work/stderr" >"$work/both"
  if [[ $code == "${exit:-0}" ]] && as_recorded "tests/expected/$name" "${exit:-0}" "$check"; then
    pass "$name ($((EPOCHSECONDS - start)) s)"
  else
    fail "$name ($((EPOCHSECONDS - start)) s): exit code $code, expected ${exit:-0}" < <(cat "$work/differences" "$work/both")
  fi
}

export DAGGER_MODULE=$work/copy
not_run=0
tangled
linked
if (($#)); then
  commands=("${@/#/tests/commands/}")
else
  commands=(tests/commands/*)
fi
for command in "${commands[@]}"; do
  block "$command"
done
((not_run == 0)) || echo "not run: $not_run"
echo "$passed passed, $failed failed"
((failed == 0))
