"""What pages say and where they lead.

pages.py text PAGE    the text of a page, and its links but for their anchors' names, which are everybody's own
pages.py links SITE   fails where a link of a page leads to no page, file or anchor of the site
"""
import html.parser
import os
import sys
import urllib.parse

# Around a page's text there is what each exporter adds: navigation, contents, who made it and when.
AROUND = {"preamble", "postamble", "table-of-contents", "toggle"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.text, self.links, self.all_links, self.ids, self.open = [], [], [], set(), []
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        if tag not in VOID:
            outside = tag in {"title", "style", "script", "button"} or attributes.get("id") in AROUND
            self.open.append((tag, outside or self.outside()))
        found = [attributes[name] for name in ("href", "src") if name in attributes]
        self.all_links += found
        # A heading's link to itself is around the text, too.
        in_heading = any(tag in {"h1", "h2", "h3", "h4", "h5", "h6"} for tag, _ in self.open)
        if not self.outside() and tag != "link" and not in_heading:
            self.links += [urllib.parse.unquote(link.split("#")[0]) + ("#" if "#" in link else "") for link in found]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.outside():
            self.text.append(data)

    def outside(self):
        return bool(self.open) and self.open[-1][1]


def broken_links(site):
    pages = {os.path.join(folder, name): Page(os.path.join(folder, name))
             for folder, _, names in os.walk(site) for name in names if name.endswith(".html")}
    assert pages, f"{site} has no page"
    for path, page in pages.items():
        for link in page.all_links:
            address = urllib.parse.urlparse(link)
            if address.scheme:
                continue
            target = os.path.join(os.path.dirname(path), urllib.parse.unquote(address.path)) if address.path else path
            target = os.path.normpath(target)
            fragment = urllib.parse.unquote(address.fragment)
            if not os.path.isfile(target) or fragment and fragment not in pages[target].ids:
                yield f"{path}: {link}"


if sys.argv[1] == "text":
    page = Page(sys.argv[2])
    print("\n".join(line.strip() for line in "".join(page.text).split("\n") if line.strip()))
    print("\n".join(page.links))
else:
    broken = list(broken_links(sys.argv[2]))
    sys.exit("\n".join(broken) or 0)
