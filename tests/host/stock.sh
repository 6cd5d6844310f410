# shellcheck shell=bash
# Rules of the host scripts against plain Org of the same emacs, which stock.el drives; sourced by run.sh.

# stock WHAT: plain Org's WHAT (tangle, run or export) of the project's documents, in a copy of it, which it prints.
stock() {
  local copy=$ASIDE/stock documents
  rm -rf -- "$copy" && cp -R . "$copy"
  mapfile -t documents < <(cd "$copy" && find . -path ./org -prune -o -name '*.org' -print | sort)
  (cd "$copy" && LC_ALL=C.UTF-8 emacs -Q --batch --load "$REPOSITORY/tests/host/stock.el" \
    --funcall "stock-$1" "${documents[@]}") >&2 || return
  echo "$copy"
}

# as_stock COPY: whether the project is now what Org made of the copy, but for what only the scripts make.
as_stock() { diff --recursive --exclude=tests --exclude=.tangle-deps "$1" .; }

# Documents on which scripts of this project once differed from Org, some with loss.
documents_that_were_lost() {
  document examples/elisp-in-tangle/doc.org <<'ORG'
@#+begin_src sh :tangle (concat "gen" ".sh")
@echo one
@#+end_src
@
@#+begin_src sh :tangle (if (eq system-type 'windows-nt) "win.sh" "no")
@echo win
@#+end_src
ORG
  document examples/many-arguments/doc.org <<'ORG'
@#+property: header-args:sh :tangle out.sh
@* A
@#+begin_src sh -n -r
@echo one (ref:first)
@#+end_src
@See [[(first)]].
@* B
@- item
@  #+begin_src sh
@    if true; then
@    	echo tab
@    fi
@  #+end_src
@* C
@#+begin_src text :tangle esc.txt
@,* star
@,#+begin_src x
@,,* two
@plain
@#+end_src
@* D
@#+begin_src python :tangle n.py :noweb yes
@def f():
@    <<body>>
@#+end_src
@#+begin_src python :noweb-ref body
@a = 1
@if a:
@    b = 2
@#+end_src
@#+begin_src python :noweb-ref body
@c = 3
@#+end_src
@* COMMENT E
@#+begin_src sh
@echo commented
@#+end_src
@* F :noexport:
@#+begin_src sh
@echo noexport
@#+end_src
@* G
@:PROPERTIES:
@:header-args: :tangle no
@:END:
@#+begin_src python :tangle sub/dir/deep.py :mkdirp yes
@x = 1
@
@#+end_src
@#+begin_src sh
@echo inherited-no?
@#+end_src
ORG
  document examples/crlf/doc.org <<'ORG'
@#+title: x
@
@#+name: hello
@#+begin_src bash :tangle x.sh :shebang "#!/bin/sh"
@echo hi
@#+end_src
@
@#+RESULTS: hello
@: hi
ORG
  sed -i 's/$/\r/' examples/crlf/doc.org
  document examples/drawer-without-end/doc.org <<'ORG'
@#+name: a
@#+begin_src bash
@echo new
@#+end_src
@
@#+RESULTS: a
@:results:
@old
@
@* Important chapter
@Prose that must stay.
@* Next
@:PROPERTIES:
@:CUSTOM_ID: n
@:END:
@text
ORG
  document examples/example-without-end/doc.org <<'ORG'
@#+name: b
@#+begin_src bash
@echo new
@#+end_src
@
@#+RESULTS: b
@#+begin_example
@old
@
@* Important chapter
@#+begin_example
@another
@#+end_example
ORG
  document examples/text-below-results/doc.org <<'ORG'
@#+name: tbl
@#+begin_src bash
@echo new
@#+end_src
@
@#+RESULTS: tbl
@| a | b |
@| 1 | 2 |
@Text right after the table.
@
@#+name: lst
@#+begin_src bash
@echo new3
@#+end_src
@
@#+RESULTS: lst
@- a
@
@  more of a
@- b
@
@After list.
ORG
  document examples/in-a-list/doc.org <<'ORG'
@1. first
@   #+name: inlist
@   #+begin_src bash
@   echo hello
@   #+end_src
@2. second
@3. third
ORG
  document examples/sessions-and-files/doc.org <<'ORG'
@#+name: one
@#+begin_src bash :session s
@x=41
@#+end_src
@
@#+name: two
@#+begin_src bash :session s
@echo "x is ${x:-unset}"
@#+end_src
@
@#+name: pic
@#+begin_src bash :results file :file out.txt
@echo picture
@#+end_src
ORG
}

tangled_as_stock() {
  documents_that_were_lost
  local copy
  copy=$(stock tangle)
  ./tangle-host.sh
  as_stock "$copy"
  same "$(<examples/elisp-in-tangle/gen.sh)" "echo one"
}
rule "documents are tangled as Org tangles them" tangled_as_stock

run_as_stock() {
  documents_that_were_lost
  # Org stops at a language that it does not run.
  sed -i 's/^#+begin_src text/& :eval no/' examples/many-arguments/doc.org
  local copy
  copy=$(stock run)
  ./run-host.sh
  as_stock "$copy"
  has examples/drawer-without-end/doc.org "Prose that must stay."
}
rule "results stand where Org places them" run_as_stock

# An argument of Org's manual a block, all but those that are refused; `:var` and `:results` show most of the others.
arguments_for_tangling() {
  document examples/one/doc.org <<'ORG'
@#+property: header-args:sh :tangle inherited.sh
@#+name: table
@| a | b |
@|---+---|
@| 1 | 2 |
@
@* Comments
@#+begin_src sh :tangle comments.sh :comments both
@echo comments
@#+end_src
@#+begin_src sh :tangle comments.sh :comments org :padline no
@echo more
@#+end_src
@* Text
@#+header: :tangle text.sh :shebang "#!/bin/sh" :tangle-mode (identity #o750)
@#+begin_src sh :prologue "exec 2>&1" :epilogue "exit 0"
@echo text
@#+end_src
@#+begin_src sh :var rows=table :colnames yes :var word="two words"
@echo "$rows $word"
@#+end_src
@#+begin_src sh :no-expand :var word="none" :tangle no-expand.sh
@echo "$word"
@#+end_src
@#+begin_src emacs-lisp :tangle yes :var number=7
@(message "%s" number)
@#+end_src
@#+begin_src C :tangle main.c :includes <stdio.h> :main no
@int main(void) { return puts("C") < 0; }
@#+end_src
@* Noweb
@#+begin_src sh :noweb tangle :tangle sub/noweb.sh :mkdirp yes
@<<one>>; <<part>>
@#+end_src
@#+begin_src sh :noweb-ref part :noweb-sep " && "
@echo a
@#+end_src
@#+begin_src sh :noweb-ref part :noweb-sep " && "
@echo b
@#+end_src
@#+name: one
@#+begin_src sh :tangle no
@echo one
@#+end_src
@* COMMENT Nothing
@#+begin_src sh
@echo nothing
@#+end_src
ORG
}

arguments_of_tangling() {
  arguments_for_tangling
  local copy
  copy=$(stock tangle)
  ./tangle-host.sh
  as_stock "$copy"
  same "$(stat --format=%a examples/one/text.sh)" 750
  [[ -s examples/one/sub/noweb.sh && -s examples/one/doc.el ]]
}
rule "each header argument of tangling means what it means to Org" arguments_of_tangling

arguments_for_running() {
  document examples/one/doc.org <<'ORG'
@#+name: table
@| a | b |
@|---+---|
@| 1 | 2 |
@
@* Variables
@#+begin_src sh :var x="two words" :results output
@echo "$x"
@#+end_src
@#+begin_src python :var rows=table :colnames yes :results value table
@return rows
@#+end_src
@#+begin_src python :var rows=table :rownames yes :hlines yes
@return rows
@#+end_src
@#+name: square
@#+begin_src python :var n=3
@return n * n
@#+end_src
@#+call: square(n=4)
@
@Inline src_python[:results raw]{return 6 * 7} and call_square(5).
@* Where and how
@#+begin_src sh :dir new :mkdirp yes :results output
@basename "$PWD"
@#+end_src
@#+begin_src bash :cmdline 1 2 :stdin table :results output
@echo "$2" && cat
@#+end_src
@#+begin_src bash :shebang "#!/bin/bash" :prologue "set -e" :epilogue "echo last" :results output
@echo "${BASH_VERSION:+bash}"
@#+end_src
@#+begin_src sh :eval no
@exit 1
@#+end_src
@#+begin_src sh :cache yes
@echo cached
@#+end_src
@#+begin_src sh :noweb eval :results output
@<<part>>
@#+end_src
@#+begin_src sh :noweb-ref part
@echo part
@#+end_src
@* Results
@#+begin_src sh :results list
@printf '%s\n' one two
@#+end_src
@#+begin_src sh :results drawer
@echo drawn
@#+end_src
@#+begin_src sh :results output raw :wrap quote
@echo wrapped
@#+end_src
@#+begin_src sh :results output code
@echo : code
@#+end_src
@#+begin_src sh :results output
@seq 12; echo '#+end_example'
@#+end_src
@#+begin_src sh :results output append
@echo more
@#+end_src
@#+begin_src sh :results none
@echo nothing >none.txt
@#+end_src
@#+begin_src sh :results file :file out.txt :file-desc "a description"
@echo filed
@#+end_src
@#+begin_src python :results value file :file out.csv :sep ,
@return [[1, 2], [3, 4]]
@#+end_src
@#+begin_src sh :results output :post upper(text=*this*)
@printf word
@#+end_src
@#+name: upper
@#+begin_src emacs-lisp :var text=""
@(upcase text)
@#+end_src
@#+begin_src dot :file out.svg
@digraph { a -> b }
@#+end_src
@#+begin_src sqlite :db ":memory:" :header yes
@select 1 as one;
@#+end_src
@#+begin_src C :includes <stdio.h>
@puts("C");
@#+end_src
ORG
}

arguments_of_running() {
  arguments_for_running
  local copy
  copy=$(stock run)
  ./run-host.sh
  as_stock "$copy"
  has examples/one/doc.org "#+RESULTS: square"
  [[ -s examples/one/out.svg && -s examples/one/out.csv ]]
}
rule "each header argument of running means what it means to Org, in each language out of the box" arguments_of_running

two_of_one_name() {
  hello
  sed 1d readme.org >twin && sed 's/hello/bye/;s/: bye/: hello/' twin >>readme.org && sed -i 's/^#+name: bye/#+name: hello/' readme.org
  sha256sum readme.org >before
  fails ./run-host.sh
  has errors "readme.org:10: block hello: There is another one of that name"
  sha256sum --check before
}
rule "two blocks of one name, of which Org loses a result, are refused" two_of_one_name

onto_a_document() {
  local target
  document readme.org <<'ORG'
@#+begin_src org :tangle notes.org
@,* a heading
@#+end_src
ORG
  echo "* Notes" >notes.org
  for target in notes.org ./notes.org readme.org yes; do
    sed -i "1s|:tangle .*|:tangle $target|" readme.org
    sha256sum ./*.org >before
    fails ./tangle-host.sh
    has errors "readme.org:1: :tangle"
    sha256sum --check before
  done
}
rule "a document that is tangled onto a document is refused" onto_a_document

pages_to_compare() {
  document readme.org <<'ORG'
@#+title: T
@#+setupfile: conf/setup.org
@#+options: num:t broken-links:mark
@#+macro: hi Hello $1
@{{{hi(you)}}} {{{myver}}} [[nowhere]]
@
@* TODO H2 :tag:
@- term :: desc
@#+include: "parts/inc.org"
@#+include: "parts/code.sh" src sh
@#+include: "parts/inc.org::*Second" :only-contents t
@#+begin_quote
@q
@#+end_quote
@#+begin_export html
@<b class="raw">raw</b>
@#+end_export
@#+begin_example
@</table> <table>
@#+end_example
@* H3 :noexport:
@hidden
@* COMMENT H4
@hidden2
@* Dup
@* Dup
@[[*Dup][dup]] a_b x^2 \alpha
@#+begin_src sh -n -r
@echo a (ref:lab)
@#+end_src
@Line [[(lab)]]. Footnote[fn:1].
@* Ids
@:PROPERTIES:
@:ID: 11111111-2222-3333-4444-555555555555
@:END:
@See [[id:11111111-2222-3333-4444-555555555555][the first]] and [[id:21111111-2222-3333-4444-555555555555][the other]].
@#+caption: A picture
@#+attr_html: :width 20
@[[file:img/p.png]]
@| a | b |
@|---+---|
@| 1 | 2 |
@
@[fn:1] A note.
ORG
  document conf/setup.org <<'ORG'
@#+macro: myver 1.2
@#+language: de
ORG
  document parts/inc.org <<'ORG'
@* Inc head
@see [[*H2]] [[file:../readme.org][doc]] [[file:pic.png]] [[file:../examples/one/readme.org::*Its part][its part]]
@* Second
@only this
ORG
  echo "echo inc" >parts/code.sh
  document examples/one/readme.org <<'ORG'
@* Its part
@:PROPERTIES:
@:ID: 21111111-2222-3333-4444-555555555555
@:END:
@[[file:img/p.png]] [[file:../../readme.org::*Ids][ids]]
ORG
  mkdir -p img examples/one/img
  # The least picture that there is.
  base64 --decode <<<"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" \
    | tee img/p.png parts/pic.png >examples/one/img/p.png
}

pages_as_stock() {
  pages_to_compare
  local copy page
  # Part of a page, and no page.
  mv parts/inc.org "$ASIDE/inc.org"
  cp "$ASIDE/inc.org" parts/inc.text
  sed -i 's|parts/inc.org|parts/inc.text|' readme.org
  copy=$(stock export)
  mv "$ASIDE/inc.org" parts/inc.org
  sed -i 's|parts/inc.text|parts/inc.org|' readme.org
  ./export-html-host.sh
  for page in readme examples/one/readme; do
    python3 "$REPOSITORY/tests/host/pages.py" text "$copy/$page.html" >"$ASIDE/expected"
    python3 "$REPOSITORY/tests/host/pages.py" text "_site/$page.html" | diff "$ASIDE/expected" -
  done
  python3 "$REPOSITORY/tests/host/pages.py" links _site
  has _site/readme.html 'width="20"'
  cmp img/p.png _site/img/p.png && cmp parts/pic.png _site/parts/pic.png
}
rule "pages say what Org's say, and lead where they lead" pages_as_stock

odd_file_names() {
  local name='a#b? 100% c'
  document "$name.org" <<'ORG'
@* Part
@[[file:a#b.png]]
ORG
  document readme.org <<'ORG'
@[[file:a#b? 100% c.org][whole]] [[file:a#b? 100% c.org::*Part][part]]
ORG
  echo png >'a#b.png'
  ./export-html-host.sh
  python3 "$REPOSITORY/tests/host/pages.py" links _site
  [[ -e "_site/$name.html" && -e '_site/a#b.png' ]]
}
rule "links to files whose names mean something in an address lead there" odd_file_names

table_of_arguments() {
  local argument missing=
  for argument in $(emacs -Q --batch --eval "(progn (require 'ob) (princ (mapconcat #'symbol-name org-babel-header-arg-names \" \")))"); do
    grep --quiet --fixed-strings "| ~:$argument~ " "$REPOSITORY/documents.org" || missing+=" $argument"
  done
  same "$missing" ""
}
rule "the table of header arguments has each one that Org knows" table_of_arguments
