# shellcheck shell=bash
# Rules of run-host.sh; sourced by run.sh.

results_are_written() {
  document readme.org <<'ORG'
@* One
@#+name: first
@#+begin_src bash :results output
@echo new; echo; echo "* star"
@#+end_src
@
@#+RESULTS: first
@: old
@: older
@
@Text.
@#+name: second
@#+begin_src bash :results output
@seq 20
@#+end_src
@* Two
ORG
  ./run-host.sh
  ./tangle-host.sh
  same "$(<tests/expected/first)" "$(printf 'new\n\n* star')"
  same "$(<tests/expected/second)" "$(seq 20)"
  lacks readme.org old
  has readme.org "#+begin_example"
  same "$(tail -n 1 readme.org)" "* Two"
}
rule "results are written, in place of old ones, and tangle to what was printed" results_are_written

any_text_survives() {
  document readme.org <<'ORG'
@#+name: odd
@#+begin_src bash :results output
@printf ': colon\n#+end_example\n,comma\n  indented\n\n|table|\nümlaut\n'
@#+end_src
@
@#+name: odd-and-long
@#+begin_src bash :results output
@printf '#+end_example\n* star\n,* comma\n,#+x\n'; seq 20
@#+end_src
ORG
  ./run-host.sh
  ./tangle-host.sh
  diff <(tests/commands/odd) tests/expected/odd
  diff <(tests/commands/odd-and-long) tests/expected/odd-and-long
}
rule "whatever is printed comes back from the document as it was" any_text_survives

running_again_changes_nothing() {
  hello
  ./run-host.sh
  state >"$ASIDE/first"
  ./run-host.sh --no-cache
  state | diff "$ASIDE/first" -
}
rule "running again changes nothing" running_again_changes_nothing

counting() {
  document readme.org <<'ORG'
@#+name: count
@#+begin_src bash :results output
@echo run >>runs; wc -l <runs
@#+end_src
ORG
}

known_result() {
  counting
  ./run-host.sh
  ./run-host.sh
  same "$(wc -l <runs)" 1
  has readme.org ": 1"
  ./run-host.sh --no-cache
  same "$(wc -l <runs)" 2
  has readme.org ": 2"
}
rule "an unchanged block is answered from the cache, unless --no-cache is given" known_result

changed_text() {
  counting
  ./run-host.sh
  sed -i 's/echo run/echo again/' readme.org
  ./run-host.sh
  same "$(wc -l <runs)" 2
}
rule "a block with a new text is run" changed_text

changed_input() {
  printf '#+name: show\n#+begin_src bash\ncat input\n#+end_src\n' >readme.org
  echo one >input
  ./run-host.sh
  echo two >input
  ./run-host.sh
  has readme.org ": two"
}
rule "a block is run when a file of the project changed" changed_input

narrow_input() {
  printf '#+name: show\n#+begin_src bash :inputs "in*"\ncat input other\n#+end_src\n' >readme.org
  echo one >input
  echo one >other
  ./run-host.sh
  echo two >other
  ./run-host.sh
  lacks readme.org two
  echo two >input
  ./run-host.sh
  has readme.org two
}
rule "a block with :inputs depends on these files alone" narrow_input

changed_variable() {
  document readme.org <<'ORG'
@#+name: one
@#+begin_src bash :results output
@cat input
@#+end_src
@
@#+name: two
@#+begin_src bash :results output :var said=one :inputs "*.none"
@echo "it said $said"
@#+end_src
@
@#+RESULTS: one
@: nothing
ORG
  echo first >input
  ./run-host.sh
  has readme.org "it said first"
  echo second >input
  ./run-host.sh
  has readme.org "it said second"
}
rule "a result that another block takes is one of its inputs" changed_variable

failure() {
  document readme.org <<'ORG'
@#+name: good
@#+begin_src bash
@echo good
@#+end_src
@
@#+name: bad
@#+begin_src bash
@echo "why it is bad" >&2; exit 5
@#+end_src
ORG
  sha256sum readme.org >before
  fails ./run-host.sh
  has errors "why it is bad"
  has errors "readme.org:7: block bad: it ended with exit code 5"
  sha256sum --check before
  same "$(find . -name '.new-*')" ""
}
rule "a failing block fails the script, shows its stderr and leaves its document untouched" failure

# shellcheck disable=SC2016 # the undefined variable is the block's
strict() {
  local line
  for line in 'false | true' 'false; true' 'echo "$undefined"'; do
    printf '#+name: block\n#+begin_src bash\n%s\n#+end_src\n' "$line" >readme.org
    fails ./run-host.sh
  done
}
rule "blocks run in bash's strict mode" strict

expected_exit() {
  printf '#+name: block\n#+begin_src bash :results output :exit 7\necho out; echo wrong >&2; exit 7\n#+end_src\n' >readme.org
  ./run-host.sh
  has readme.org ": wrong"
  sed -i 's/; exit 7$/; exit 8/' readme.org
  fails ./run-host.sh
  has errors "it ended with exit code 8, not with 7"
}
rule "an expected failure is recorded with its error text, another exit code is an error" expected_exit

unmet_need() {
  document readme.org <<'ORG'
@#+name: block
@#+begin_src bash :needs "command -v no-such-command"
@no-such-command
@#+end_src
@
@#+RESULTS: block
@: from elsewhere
ORG
  sha256sum readme.org >before
  ./run-host.sh 2>errors
  has errors "block block: not run, needs command -v no-such-command"
  sha256sum --check before
}
rule "a block whose need is not met is left as it is, with a message" unmet_need

given_files() {
  hello
  document other.org <<'ORG'
@#+name: other
@#+begin_src bash
@echo other
@#+end_src
ORG
  document "with space.org" <<'ORG'
@#+name: space
@#+begin_src bash
@echo space
@#+end_src
ORG
  ./run-host.sh "with space.org"
  has "with space.org" "#+RESULTS: space"
  lacks other.org "#+RESULTS"
  ./run-host.sh
  has other.org "#+RESULTS: other"
}
rule "given documents are run alone, whatever their names hold" given_files

bad_arguments() {
  fails ./run-host.sh missing.org
  has errors missing.org
  fails ./run-host.sh --cache
  has errors --cache
}
rule "a document that is not there and an unknown option are named" bad_arguments

modes() {
  hello
  chmod 600 readme.org
  sed -i 's/^: hello/: old/' readme.org
  ./run-host.sh
  same "$(stat --format=%a readme.org)" 600
}
rule "a document keeps its mode" modes

other_settings() {
  document readme.org <<'ORG'
@#+BEGIN_SRC sh :tangle made.sh
@echo "$LC_ALL"
@#+END_SRC
@#+begin_src python :results output
@print("ı")
@#+end_src
ORG
  mkdir -p "$ASIDE/home/.emacs.d"
  echo '(error "read")' | tee "$ASIDE/home/.emacs" "$ASIDE/home/.emacs.d/init.el" >"$ASIDE/home/.emacs.d/early-init.el"
  env HOME="$ASIDE/home" LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 ./tangle-host.sh
  [[ -s made.sh ]]
  env HOME="$ASIDE/home" LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 ./run-host.sh
  has readme.org ": ı"
  same "$(find "$ASIDE/home" -type f | wc -l)" 3
}
rule "neither a user's settings nor the locale change anything" other_settings

said_aloud() {
  document readme.org <<'ORG'
@#+begin_src yaml :tanlge a.yaml
@a: 1
@#+end_src
@#+begin_src sh
@echo run
@#+end_src
@#+name: in-session
@#+begin_src bash :session s
@true
@#+end_src
ORG
  ./run-host.sh 2>said
  has said 'readme.org:1: Unknown header argument ":tanlge"'
  has said "readme.org:1: yaml: not run, this Org has no ob-yaml"
  has readme.org ": run"
  ./tangle-host.sh 2>said
  has said "block in-session: no command is made of it, for it has :session"
  printf '#+name: table\n| a |\n\n#+name: with\n#+begin_src bash :stdin table\ncat\n#+end_src\n' >readme.org
  ./tangle-host.sh 2>said
  has said "block with: no command is made of it, for it has :stdin"
  sed -i 's/:stdin table/:cmdline 1/' readme.org
  ./tangle-host.sh 2>said
  has said "block with: no command is made of it, for it has :cmdline"
  [[ ! -e tests/commands/with ]]
}
rule "what is not done is said: an argument that nobody knows, a language that Org does not run, a test with :session, :stdin or :cmdline" said_aloud

# shellcheck disable=SC2016 # the argument is the block's
refused_blocks() {
  printf '#+begin_src sh :eval query\ntrue\n#+end_src\n' >readme.org
  fails ./run-host.sh
  has errors "readme.org:1: Nobody is here to answer that question"
  printf '#+name: ask\n#+begin_src bash :cmdline 1 2\necho why >&2; exit $1\n#+end_src\n' >readme.org
  fails ./run-host.sh
  has errors why
  has errors "readme.org:2: block ask: it ended with exit code 1, not with 0"
  printf '#+begin_src ruby\nputs 1\n#+end_src\n' >readme.org
  mkdir none
  for tool in dirname emacs bash find sort; do ln -s "$(command -v "$tool")" "none/$tool"; done
  fails env PATH="$PWD/none" "$BASH" run-host.sh
  has errors "readme.org:1: ruby is not installed, which runs ruby: install ruby"
  printf '#+begin_src sql :engine postgresql\nselect 1;\n#+end_src\n' >readme.org
  fails env PATH="$PWD/none" "$BASH" run-host.sh
  has errors "readme.org:1: psql is not installed, which runs sql postgresql: install postgresql-client"
}
rule "a block that asks (:eval query), that fails with arguments of its own or whose language is missing stops the run" refused_blocks

own_document() {
  printf '#+begin_src sh\necho "* More" >>readme.org\n#+end_src\n' >readme.org
  fails ./run-host.sh
  has errors "run-host.sh: readme.org:1: "
  same "$(tail -n 1 readme.org)" "* More"
}
rule "a block that changes its own document is refused, and what it wrote stays" own_document

another_document() {
  printf '#+call: other.org:x()\n' >readme.org
  printf '#+name: x\n#+begin_src sh\necho 1\n#+end_src\n' >other.org
  ./run-host.sh other.org readme.org
  has readme.org ": 1"
  has other.org ": 1"
}
rule "a block of another document that was run before is called" another_document

other_coding() {
  printf '# -*- coding: latin-1 -*-\n\374\n#+begin_src sh :results output\nprintf "\\\\303\\\\274"\n#+end_src\n' >readme.org
  ./run-host.sh
  same "$(od -An -c readme.org | tr --delete ' \n' | grep --only-matching 374 | wc -l)" 2
  sha256sum readme.org >before
  sed -i 's/303.*274/342\\202\\254/' readme.org
  sha256sum readme.org >before
  fails ./run-host.sh
  has errors "readme.org: Nobody is here to answer that question"
  sha256sum --check before
}
rule "a document keeps its coding; a result that it can't hold is refused" other_coding

python_session() {
  document readme.org <<'ORG'
@#+property: header-args:python :session notebook
@#+begin_src python :results silent
@data = [1, 2]
@#+end_src
@#+begin_src python
@sum(data)
@#+end_src
ORG
  timeout 120 ./run-host.sh
  has readme.org ": 3"
}
rule "a :session in python is waited for, where Org itself may wait for ever" python_session

nothing_is_left_of_a_run() {
  document readme.org <<'ORG'
@#+begin_src bash :results output
@echo one >&2; echo two
@#+end_src
@#+begin_src sh :results output
@exit 3
@#+end_src
ORG
  TMPDIR=$PWD/scratch && mkdir "$TMPDIR"
  fails ./run-host.sh
  has errors "readme.org:4"
  sed -i 's/exit 3/true/' readme.org
  ./run-host.sh
  ./tangle-host.sh
  ./export-html-host.sh
  same "$(ls --almost-all scratch)" ""
}
rule "nothing of what Org hands to a block's program is left behind" nothing_is_left_of_a_run
