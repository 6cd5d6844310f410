# shellcheck shell=bash
# Rules of tangle-host.sh; sourced by run.sh.

block_becomes_command_and_expectation() {
  hello
  ./tangle-host.sh
  same "$(tests/commands/hello)" hello
  same "$(<tests/expected/hello)" hello
  same "$(head -n 1 tests/commands/hello)" "#!/usr/bin/env bash"
  has tests/commands/hello "set -euo pipefail"
}
rule "a named bash block becomes an executable command, its result the expectation" block_becomes_command_and_expectation

twice_changes_nothing() {
  hello
  document examples/one/readme.org <<'ORG'
@#+begin_src python :tangle src/one.py :mkdirp yes :shebang #!/usr/bin/env python3
@print(1)
@#+end_src
ORG
  ./tangle-host.sh
  state >"$ASIDE/first"
  sleep 0.01
  ./tangle-host.sh
  state | diff "$ASIDE/first" -
}
rule "tangling twice changes nothing, not even a file's time" twice_changes_nothing

same_name_twice() {
  hello
  document examples/one/readme.org <<'ORG'
@#+name: hello
@#+begin_src bash
@echo other
@#+end_src
ORG
  fails ./tangle-host.sh
  has errors readme.org
  has errors examples/one/readme.org
  has errors hello
  [[ ! -e tests/commands ]]
}
rule "a name used twice is an error that names both documents, and nothing is written" same_name_twice

same_name_in_one_document() {
  hello
  sed '1d' readme.org >twin && cat twin >>readme.org
  fails ./tangle-host.sh
  has errors readme.org:
}
rule "a name used twice in one document is an error, too" same_name_in_one_document

stale_files_go() {
  hello
  ./tangle-host.sh
  sed -i 's/hello/greeting/' readme.org
  ./tangle-host.sh
  same "$(ls tests/commands tests/expected)" "$(printf 'tests/commands:\ngreeting\n\ntests/expected:\ngreeting')"
}
rule "a command whose block is gone is removed, and its expectation" stale_files_go

long_results() {
  document readme.org <<'ORG'
@#+name: stars
@#+begin_src bash
@printf '* star\n'; seq 3
@#+end_src
@
@#+RESULTS: stars
@#+begin_example
@,* star
@1
@
@3
@#+end_example
ORG
  ./tangle-host.sh
  same "$(<tests/expected/stars)" "$(printf '* star\n1\n\n3')"
}
rule "a recorded example block is unescaped" long_results

no_result() {
  document readme.org <<'ORG'
@#+name: silent
@#+begin_src bash
@true
@#+end_src
@
@#+RESULTS: silent
@
@#+name: unrecorded
@#+begin_src bash
@true
@#+end_src
ORG
  ./tangle-host.sh
  same "$(stat --format=%s tests/expected/silent)" 0
  [[ -x tests/commands/unrecorded && ! -e tests/expected/unrecorded ]]
}
rule "a block that prints nothing has an empty expectation, one that never ran has none" no_result

options() {
  document readme.org <<'ORG'
@#+name: all
@#+begin_src bash :needs "command -v docker" :exit 3 :check exit-only
@exit 3
@#+end_src
ORG
  ./tangle-host.sh
  has tests/commands/all "# needs: command -v docker"
  has tests/commands/all "# exit: 3"
  has tests/commands/all "# check: exit-only"
}
rule "what a block needs and how it ends stands in the head of its command (:needs, :exit, :check)" options

folder() {
  document examples/one/readme.org <<'ORG'
@#+name: here
@#+begin_src bash
@cat note
@#+end_src
@
@#+name: there
@#+begin_src bash :dir "a folder"
@cat note
@#+end_src
ORG
  echo mine >examples/one/note
  mkdir "examples/one/a folder" && echo inner >"examples/one/a folder/note"
  ./tangle-host.sh
  same "$(cd / && "$OLDPWD/tests/commands/here")" mine
  same "$(tests/commands/there)" inner
}
rule "a command runs in its document's folder, or in the one of :dir" folder

expansions() {
  document readme.org <<'ORG'
@#+name: greet
@#+begin_src bash :results output :noweb yes :var who="it's me"
@<<how>> "$who"
@#+end_src
@
@#+name: how
@#+begin_src sh
@echo hello,
@#+end_src
@
@#+name: again
@#+begin_src bash :var said=greet
@echo "$said"
@#+end_src
@
@#+RESULTS: greet
@: hello, it's me
ORG
  ./tangle-host.sh
  same "$(tests/commands/greet)" "hello, it's me"
  same "$(tests/commands/again)" "hello, it's me"
  same "$(ls tests/commands)" "$(printf 'again\ngreet')"
}
rule "noweb references and variables are expanded; other languages are no commands" expansions

left_out() {
  document readme.org <<'ORG'
@* COMMENT Later
@#+name: later
@#+begin_src bash
@true
@#+end_src
@* Now
@#+name: shown
@#+begin_src bash :eval no
@true
@#+end_src
@#+begin_src bash
@true
@#+end_src
ORG
  ./tangle-host.sh
  [[ ! -e tests/commands ]]
}
rule "what is commented out, not to be evaluated or without a name is no command" left_out

files() {
  document examples/one/readme.org <<'ORG'
@#+begin_src yaml :tangle .github/workflows/ci.yml :mkdirp yes
@on: push
@#+end_src
@#+begin_src yaml :tangle .github/workflows/ci.yml
@jobs: {}
@#+end_src
@#+begin_src bash :tangle bin/run :mkdirp yes :tangle-mode (identity #o750)
@true
@#+end_src
@#+begin_src python :tangle yes
@print(1)
@#+end_src
ORG
  ./tangle-host.sh
  same "$(<examples/one/.github/workflows/ci.yml)" "$(printf 'on: push\n\njobs: {}')"
  same "$(stat --format=%a examples/one/bin/run)" 750
  [[ ! -x examples/one/.github/workflows/ci.yml ]]
  same "$(<examples/one/readme.py)" "print(1)"
}
rule "a block with :tangle becomes that file; blocks of one file follow each other" files

outside() {
  document examples/one/readme.org <<'ORG'
@#+begin_src yaml :tangle ../../../outside.yml
@on: push
@#+end_src
ORG
  fails ./tangle-host.sh
  has errors "examples/one/readme.org:1"
  has errors outside
  [[ ! -e ../outside.yml ]]
}
rule "a file outside of the project is refused" outside

bad_names() {
  local name
  for name in 'a/b' '../up' 'two words' '.hidden'; do
    printf '#+name: %s\n#+begin_src bash\ntrue\n#+end_src\n' "$name" >readme.org
    fails ./tangle-host.sh
    has errors "readme.org:2"
    has errors "$name"
  done
}
rule "a name that no file can have is refused with its place" bad_names

bad_options() {
  local option
  for option in ':exit 300' ':exit maybe' ':check never' ':needs "a\nb"' ':var x=missing'; do
    printf '#+name: block\n#+begin_src bash %s\ntrue\n#+end_src\n' "$option" >readme.org
    fails ./tangle-host.sh
    has errors "readme.org:2: block block: "
    same "$(wc -l <errors)" 1
  done
}
rule "an option that is not known is one line that names the block" bad_options

unresolved_noweb() {
  printf '#+name: block\n#+begin_src bash :noweb yes\n<<missing>>\n#+end_src\n' >readme.org
  fails ./tangle-host.sh
  has errors readme.org
  has errors missing
}
rule "a :noweb reference to nothing is an error that names the document" unresolved_noweb

no_emacs() {
  hello
  local script
  mkdir none && ln -s "$(command -v dirname)" none/dirname
  for script in tangle run export-html; do
    fails env PATH="$PWD/none" "$BASH" "$script-host.sh"
    has errors "emacs-nox"
    same "$(wc -l <errors)" 1
  done
}
rule "a machine without emacs is told the package in one line" no_emacs

no_documents() { ./tangle-host.sh && [[ ! -e tests ]]; }
rule "a project without documents is left alone" no_documents

other_modes() {
  hello
  umask 077
  ./tangle-host.sh
  [[ -x tests/commands/hello ]]
}
rule "a strict umask does not keep a command from being executable" other_modes

missing_folder() {
  printf '#+begin_src sh :tangle new/a.sh\n:\n#+end_src\n' >readme.org
  fails ./tangle-host.sh
  has errors "readme.org:1: :tangle new/a.sh: there is no such folder; with :mkdirp yes it is made"
  [[ ! -e new ]]
  same "$(find . -maxdepth 1 -name '.tangle.*')" ""
}
rule "a folder that is missing is an error that says so, without :mkdirp" missing_folder
