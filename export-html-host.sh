#!/usr/bin/env bash
# Exports the documents to _site/: a page for each, an index, one stylesheet, which stands here.
# export-html-host.el has the rules. The old _site stays until the new one is whole.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v emacs >/dev/null; then
  echo "export-html-host.sh: emacs is missing: install the packages emacs-nox and elpa-htmlize" >&2
  exit 1
fi

site=$(mktemp --directory ./.site.XXXXXX)
trap 'rm -rf -- "$site" "$site.old"' EXIT
chmod 755 "$site"
emacs --batch --no-site-file --directory . --load export-html-host.el --funcall documents-export -- "$site" </dev/null
cat >"$site/style.css" <<'CSS'
:root {
  --text: #1d2330; --quiet: #5b6475; --line: #d9dee7; --page: #fff; --panel: #f5f7fa; --link: #0b5cad;
  --keyword: #8a2be2; --string: #18794e; --comment: #6b7280; --name: #b54708; --constant: #0b5cad;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e4e8ef; --quiet: #9aa4b5; --line: #343b49; --page: #161a22; --panel: #1f2530; --link: #7cb7ff;
    --keyword: #c99bff; --string: #7fd6a4; --comment: #8b95a7; --name: #ffb37a; --constant: #7cb7ff;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
}
#preamble, #content { width: 100%; max-width: 56rem; margin: 0 auto; padding: 0 1.25rem; }
#preamble nav {
  display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap;
  padding: .8rem 0; border-bottom: 1px solid var(--line); font-size: .9rem;
}
#preamble span { color: var(--quiet); }
#content { padding-bottom: 4rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2em 0 .6em; text-wrap: balance; }
h1 { font-size: 1.9rem; margin-top: 1.4rem; }
h2 { font-size: 1.4rem; padding-bottom: .25em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.15rem; }
h4 { font-size: 1rem; }
p, ul, ol, dl { margin: .8em 0; }
ul, ol { padding-left: 1.4rem; }
li p { margin: .3em 0; }
dt { font-weight: 600; }
dd { margin: 0 0 .7em; color: var(--quiet); }
a { color: var(--link); text-underline-offset: .15em; }
code, pre { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; font-size: .875em; }
code { background: var(--panel); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
pre {
  background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
  margin: .8em 0; padding: .8rem 1rem; overflow-x: auto; line-height: 1.5;
}
pre.example { border-style: dashed; background: none; }
.table { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; width: 100%; font-size: .94em; }
th, td { text-align: left; vertical-align: top; padding: .45em .8em .45em 0; border-bottom: 1px solid var(--line); }
td code { overflow-wrap: normal; white-space: nowrap; }
img { max-width: 100%; }
blockquote { margin: 1em 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
#table-of-contents { font-size: .92rem; background: var(--panel); border-radius: 8px; padding: .8rem 1.2rem; margin: 1.2rem 0; }
#table-of-contents h2 { font-size: .92rem; margin: 0 0 .3rem; padding: 0; border: 0; color: var(--quiet); }
#table-of-contents ul { margin: 0; padding-left: 1.1rem; }
#table-of-contents > div > ul { columns: 17rem; column-gap: 2rem; padding-left: 1rem; }
#table-of-contents li { break-inside: avoid-column; }
@media (max-width: 40rem) { #table-of-contents { max-height: 16rem; overflow-y: auto; } }
.org-keyword, .org-builtin { color: var(--keyword); }
.org-string, .org-sh-heredoc { color: var(--string); }
.org-comment, .org-comment-delimiter { color: var(--comment); font-style: italic; }
.org-variable-name, .org-function-name { color: var(--name); }
.org-constant, .org-type, .org-sh-quoted-exec { color: var(--constant); }
.timestamp-wrapper { color: var(--quiet); }
CSS

if [[ -e _site ]]; then
  mv _site "$site.old"
fi
mv "$site" _site
echo "export-html-host.sh: $(find _site -name '*.html' | wc -l) pages in _site" >&2
