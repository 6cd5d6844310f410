# shellcheck shell=bash
# Rules of export-html-host.sh; sourced by run.sh.

two_documents() {
  document readme.org <<'ORG'
@#+title: A project
@#+description: What it is.
@See [[file:examples/one/readme.org::*Its part][the part]] and [[file:examples/one/readme.org][one]].
@
@* Blocks
@#+name: block
@#+begin_src bash :noweb yes :exports both
@<<inner>>
@#+end_src
@
@#+RESULTS: block
@: the result
@
@#+name: inner
@#+begin_src bash :exports none
@if true; then echo expanded; fi
@#+end_src
ORG
  document examples/one/readme.org <<'ORG'
@#+title: One
@* Its part
@[[file:../../readme.org][back]]
ORG
}

pages() {
  two_documents
  ./export-html-host.sh
  same "$(cd _site && find . -type f | sort)" \
    "$(printf './examples/one/readme.html\n./index.html\n./page.js\n./readme.html\n./style.css')"
  has _site/index.html 'href="examples/one/readme.html"'
  has _site/index.html "What it is."
  has _site/examples/one/readme.html 'href="../../style.css"'
  has _site/examples/one/readme.html '<a href="../../index.html">A project</a>'
}
rule "each document has a page, and there is an index and one stylesheet" pages

links() {
  two_documents
  ./export-html-host.sh
  python3 "$REPOSITORY/tests/host/pages.py" links _site
  has _site/readme.html 'href="examples/one/readme.html#its-part"'
}
rule "links between pages lead to pages and headings that are there" links

blocks() {
  two_documents
  ./export-html-host.sh
  has _site/readme.html 'expanded'
  lacks _site/readme.html 'inner'
  has _site/readme.html 'the result'
  has _site/readme.html '<span class="org-keyword">if</span>'
}
rule "noweb is expanded, code is highlighted, results are there, hidden blocks are not" blocks

nothing_runs() {
  printf '#+name: block\n#+begin_src bash :exports results\ntouch ran\n#+end_src\nAnd src_bash{touch ran}.\n' >readme.org
  ./export-html-host.sh
  [[ ! -e ran ]]
}
rule "exporting runs no block" nothing_runs

same_twice() {
  two_documents
  ./export-html-host.sh
  mv _site "$ASIDE/first-site"
  ./export-html-host.sh
  diff --recursive "$ASIDE/first-site" _site
  rm -r "$ASIDE/first-site"
}
rule "the same documents give the same pages" same_twice

stale_page() {
  two_documents
  ./export-html-host.sh
  rm -r examples
  sed -i /examples/d readme.org
  ./export-html-host.sh
  [[ ! -e _site/examples ]]
  same "$(find . -maxdepth 1 -name '.site*')" ""
}
rule "a page whose document is gone is gone" stale_page

broken() {
  two_documents
  ./export-html-host.sh
  printf '[[#no-such-heading][here]]\n' >>examples/one/readme.org
  fails ./export-html-host.sh
  has errors "examples/one/readme.org:4: "
  has errors no-such-heading
  [[ -e _site/index.html ]]
  same "$(find . -maxdepth 1 -name '.site*')" ""
}
rule "a link to a heading that is not there is an error that names the document; the old pages stay" broken

other_files() {
  printf '#+repository: https://example.org/blob/main/\nSee [[file:sdk/readme.org][the SDK]].\n' >readme.org
  ./export-html-host.sh
  has _site/readme.html 'href="https://example.org/blob/main/sdk/readme.org"'
}
rule "a link to a file without a page leads to the repository" other_files
