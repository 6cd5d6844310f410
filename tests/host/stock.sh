# shellcheck shell=bash
# Rules of the host scripts against plain Org of the same emacs, which stock.el drives; sourced by run.sh.

# The documents of documents/: cases on which scripts of this project once differed from Org, some with loss; documents as
# one writes them; a block for each header argument of Org's manual.
# written FOLDER…: copies those folders to the project, with their documents in `documents`.
written() {
  local folder
  for folder in "$@"; do cp -R "$REPOSITORY/tests/host/documents/$folder" .; done
  # Of these Org makes a loss: they are refused, see below.
  rm -rf cases/two-of-one-name cases/onto-itself
  mapfile -t documents < <(find "$@" -name '*.org' | sort)
}

# stock WHAT: plain Org's WHAT (tangle, run or export) of the documents in a copy of the project, which it prints.
stock() {
  local copy=$ASIDE/stock
  rm -rf -- "$copy" && cp -R . "$copy"
  (cd "$copy" && LC_ALL=C.UTF-8 timeout 300 emacs -Q --batch --load "$REPOSITORY/tests/host/stock.el" \
    --funcall "stock-$1" "${documents[@]}") >&2 || return
  # Some comments say where a document lies.
  { grep --recursive --files-with-matches --null --fixed-strings -- "$copy/" "$copy" || true; } |
    xargs --null --no-run-if-empty sed --in-place "s|$copy/|$PWD/|g"
  echo "$copy"
}

# as_stock COPY: whether the project is now what Org made of the copy, but for what only the scripts make.
as_stock() { diff --recursive --exclude=tests --exclude=.tangle-deps "$1" .; }

tangled_as_stock() {
  written cases written
  local copy
  copy=$(stock tangle)
  ./tangle-host.sh "${documents[@]}"
  as_stock "$copy"
  same "$(<cases/lisp-in-tangle/gen.sh)" "echo one"
  [[ -x written/config/bin/backup && -s written/runbook/sql/schema.sql ]]
}
rule "documents are tangled as Org tangles them" tangled_as_stock

# Org stops at a language that it does not run.
without_other_languages() {
  sed --in-place --regexp-extended 's/^#\+begin_src (text|conf|css|json|yaml)/& :eval no/' "${documents[@]}"
}

run_as_stock() {
  written cases written
  without_other_languages
  local copy
  copy=$(stock run)
  ./run-host.sh "${documents[@]}"
  as_stock "$copy"
  has cases/drawer-without-end/doc.org "Prose that must stay."
  has written/notes/notes.org ": answer: 42"
  has written/notebook/notebook.org ": sum 55"
}
rule "results stand where Org places them" run_as_stock

arguments_of_tangling() {
  written arguments
  local copy
  copy=$(stock tangle)
  ./tangle-host.sh "${documents[@]}"
  as_stock "$copy"
  same "$(stat --format=%a arguments/text.sh)" 750
  [[ -s arguments/sub/noweb.sh && -s arguments/tangling.el ]]
}
rule "each header argument of tangling means what it means to Org" arguments_of_tangling

arguments_of_running() {
  written arguments
  documents=(arguments/running.org arguments/values.org)
  local copy
  copy=$(stock run)
  ./run-host.sh "${documents[@]}"
  as_stock "$copy"
  has arguments/running.org "#+RESULTS: square"
  [[ -s arguments/out.svg && -s arguments/out.csv && -s arguments/made/extension.txt ]]
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
rule "a document that is tangled onto a document is refused (:tangle)" onto_a_document

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
  documents=(readme.org examples/one/readme.org)
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

pages_of_documents() {
  local copy page all
  written cases written
  all=("${documents[@]}")
  # Parts of others are no pages.
  mapfile -t documents < <(printf '%s\n' "${documents[@]}" | grep --invert-match -e /parts/ -e /chapters/ -e setup.org)
  copy=$(stock export)
  ./export-html-host.sh "${all[@]}"
  for page in "${documents[@]%.org}"; do
    # Where an attachment is, Org says from the root.
    python3 "$REPOSITORY/tests/host/pages.py" text "$copy/$page.html" | sed "s|file://$PWD/${page%/*}/||" >"$ASIDE/expected"
    python3 "$REPOSITORY/tests/host/pages.py" text "_site/$page.html" | diff "$ASIDE/expected" -
  done
  same "$(find _site -name '*.html' | wc -l)" $((${#documents[@]} + 1))
  [[ -s _site/written/notes/files/tree.svg && -s _site/cases/images/examples/one/img/p.png ]]
}
rule "pages of documents as one writes them say what Org's say" pages_of_documents

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

# A line for each header argument that Org knows, with each of the values that Org names: nothing where it names none.
arguments_of_org() {
  emacs -Q --batch --eval "(progn (require 'ob)
    (pcase-dolist (\`(,name . ,values) org-babel-common-header-args-w-values)
      (princ (format \"%s\n\" name))
      (dolist (value (and (listp values) (flatten-tree values)))
        (unless (or (numberp value) (keywordp value)) (princ (format \"%s %s\n\" name value))))))"
}

table_of_arguments() {
  local argument value here missing='' rules
  rules=$(cat "$REPOSITORY"/tests/host/*.sh | grep '^rule ')
  while read -r argument value; do
    grep --quiet --fixed-strings "| ~:$argument~ " "$REPOSITORY/documents.org" || missing+=" $argument has no row;"
    [[ $argument != eval || $value != query ]] || continue
    grep --quiet --extended-regexp "[: ]:?$argument( [^:]*)?\\b${value:-}" "$REPOSITORY"/tests/host/documents/arguments/*.org ||
      missing+=" :$argument $value is in no document;"
  done < <(arguments_of_org)
  while IFS='|' read -r _ argument here _; do
    [[ $argument == *"~:"* ]] || continue
    argument=$(tr --delete ' ~:' <<<"$argument")
    if [[ $here == *"as Org"* ]]; then
      grep --quiet --extended-regexp ":$argument\\b" "$REPOSITORY"/tests/host/documents/arguments/*.org ||
        missing+=" :$argument is in no document that is compared;"
    fi
    if [[ $here == *ours* || $here == *refused* || $here == *error* || $here == *"no test"* ]]; then
      grep --quiet --extended-regexp ":$argument\\b" <<<"$rules" || missing+=" :$argument is in the text of no rule;"
    fi
  done < <(sed -n '/^\* Header arguments/,$p' "$REPOSITORY/documents.org")
  same "$missing" ""
}
rule "each header argument, with each value that Org names, has a row in the table, and a test that shows the row" table_of_arguments
