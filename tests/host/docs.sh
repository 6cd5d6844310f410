# shellcheck shell=bash
# Rules of tests/docs.sh; sourced by run.sh. A mock is the Dagger CLI: it prints its arguments.

documented() {
  document readme.org <<'ORG'
@#+name: says
@#+begin_src bash
@dagger call something
@#+end_src
@
@#+RESULTS: says
@: call something
@
@#+name: fails
@#+begin_src bash :exit 3
@echo noise; echo "Error: it is wrong" >&2; exit 3
@#+end_src
@
@#+RESULTS: fails
@: Error: it is wrong
@
@#+name: varies
@#+begin_src bash :check exit-only
@date +%N
@#+end_src
@
@#+name: needy
@#+begin_src bash :needs "command -v no-such-command"
@no-such-command
@#+end_src
ORG
  mkdir -p tests && cp "$REPOSITORY/tests/docs.sh" tests
  mock dagger <<'MOCK'
#!/bin/sh
echo "$@"
MOCK
  export PATH=$PWD/bin:$PATH DIND_SESSION=dagger DOCS_ALL=
  ./tangle-host.sh
}

good_documents() {
  documented
  tests/docs.sh >said
  has said "ok    says ("
  has said "ok    fails ("
  has said "ok    varies ("
  has said "not run: needy needs command -v no-such-command"
  same "$(tail -n 1 said)" "5 passed, 0 failed"
}
rule "blocks that print what is recorded pass, one whose need is not met is named" good_documents

unmet_in_all() {
  documented
  fails env DOCS_ALL=1 tests/docs.sh >said
  has said "FAIL  needy: needs command -v no-such-command"
  same "$(tail -n 1 said)" "5 passed, 1 failed"
}
rule "with DOCS_ALL=1 a need that is not met is a failure" unmet_in_all

other_output() {
  documented
  sed -i 's/^: call something/: call nothing/' readme.org
  ./tangle-host.sh
  fails tests/docs.sh >said
  has said "FAIL  says ("
  has said "< call nothing"
  has said "> call something"
}
rule "another output than the recorded one is a failure that shows both" other_output

other_exit() {
  documented
  sed -i 's/; exit 3$/; exit 4/' readme.org
  ./tangle-host.sh
  fails tests/docs.sh fails >said
  has said "exit code 4, expected 3"
}
rule "another exit code than the expected one is a failure" other_exit

other_error() {
  documented
  sed -i 's/it is wrong" >&2/something else" >\&2/' readme.org
  ./tangle-host.sh
  fails tests/docs.sh fails >said
  has said "FAIL  fails ("
}
rule "an error that is not the recorded one is a failure" other_error

nothing_recorded() {
  documented
  sed -i '/^#+RESULTS: says/,/^$/d' readme.org
  ./tangle-host.sh
  fails tests/docs.sh says >said
  has said "nothing is recorded"
}
rule "a block without a recorded result is a failure" nothing_recorded

not_tangled() {
  documented
  echo "echo more" >>tests/commands/says
  fails tests/docs.sh says >said
  has said "FAIL  the tangled files are what the documents give"
  documented
  sed -i 's/dagger call something/dagger call anything/' readme.org
  fails tests/docs.sh says >said
  has said "FAIL  the tangled files are what the documents give"
}
rule "a tangled file that was edited, and a document that was not tangled, are failures" not_tangled

broken_link() {
  documented
  echo '[[file:missing.org][nothing]]' >>readme.org
  fails tests/docs.sh says >said
  has said "FAIL  links between the documents lead to files"
  has said missing.org
}
rule "a link to a file that is not there is a failure" broken_link

tree_is_left_alone() {
  documented
  sed -i 's/^dagger call something/& | tee new-file/' readme.org
  ./tangle-host.sh
  state >"$ASIDE/first"
  tests/docs.sh says
  state | diff "$ASIDE/first" -
}
rule "what a block writes stays out of the tree" tree_is_left_alone
