# shellcheck shell=bash
# Rules of the pages in a browser; sourced by run.sh.

repository_pages() {
  (cd "$REPOSITORY" && tar --create --exclude=./target --exclude=./.git --exclude=./_site --exclude='./.*' ./*.org ./examples) | tar --extract
  ./export-html-host.sh
  python3 "$REPOSITORY/tests/host/browser.py" _site
}

page_of_everything() {
  document readme.org <<'ORG'
@#+title: Everything
@A formula \(x^2\), a footnote[fn:1], averyveryverylongwordaveryveryverylongwordaveryveryverylongwordaveryverylongword.
@* TODO A heading that is long enough to be broken on a narrow screen, with a tag                             :tag:
@#+caption: A picture that is wider than a telephone
@[[file:wide.svg]]
@* Tables
@| one column | another column | a third column | a column that is wider | and one more | the last of them all |
@|------------+----------------+----------------+------------------------+--------------+----------------------|
@| 1          | 2              | 3              | ~a_code_that_is_long~  | 5            | 6                    |
@* Code
@#+begin_src bash -n -r
@echo "a line of code that is far longer than any telephone is wide, and so has to scroll in its own box" # (ref:far)
@#+end_src
@Line [[(far)]].
@#+begin_example
@an example that is far longer than any telephone is wide, and so has to scroll in its own box as well
@#+end_example
@[fn:1] A note.
ORG
  echo '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="50"><rect width="2000" height="50"/></svg>' >wide.svg
  echo "* Another page" >other.org
  ./export-html-host.sh
  python3 "$REPOSITORY/tests/host/browser.py" _site
  # What a page must not do is found.
  sed -i 's|<body>|&<div style="width: 3000px">wide</div><img src="https://example.org/x.png"><script>nothing()</script>|' _site/other.html
  fails python3 "$REPOSITORY/tests/host/browser.py" _site
  has errors "/other.html on 360 pixels: 3000 pixels wide"
  has errors "nothing is not defined"
  has errors "https://example.org/x.png"
}

if command -v chromium google-chrome chromium-browser >/dev/null; then
  rule "this repository's pages scroll no way but down, leave the console empty, and give their code" repository_pages
  rule "a page with all that Org has does, too; one that does not is found" page_of_everything
else
  echo "not run: no browser is installed, the pages were not looked at"
fi
