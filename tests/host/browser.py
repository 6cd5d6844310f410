"""browser.py SITE: looks at each page of a site in a real browser, wide and narrow, and fails where

- it scrolls sideways, on a screen of 1280 or of 360 pixels
- the browser's console has anything to say, which includes a request to another host: the pages' policy forbids it
- a block of code has no copy button, or one that gives another text than the block's
"""
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

WIDTHS = (1280, 360)
# On two busy cores a page takes a second; a browser that hangs ends the test, in seconds.
LIMIT = 300

LOOK = """<!DOCTYPE html><meta charset="utf-8"><title>look</title><body><script>
const pages = PAGES, widths = WIDTHS;
async function look(page, width) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width: ${width}px; height: 800px; border: 0`;
  frame.src = page;
  const loaded = new Promise(resolve => { frame.onload = resolve; });
  document.body.append(frame);
  await loaded;
  const inside = frame.contentDocument, root = inside.documentElement, problems = [];
  if (root.scrollWidth > root.clientWidth) problems.push(`${root.scrollWidth} pixels wide`);
  let copied;
  Object.defineProperty(frame.contentWindow.navigator, "clipboard",
    { value: { writeText: async text => { copied = text; } } });
  for (const block of inside.querySelectorAll(".org-src-container")) {
    const code = block.querySelector("pre"), button = block.querySelector("button.copy");
    copied = undefined;
    if (button) button.click();
    await Promise.resolve();
    const text = code.cloneNode(true);
    for (const number of text.querySelectorAll(".linenr")) number.remove();
    if (copied !== text.textContent.replace(/\\n$/, "")) problems.push("no copy of: " + code.textContent);
  }
  frame.remove();
  return problems.map(problem => `${page} on ${width} pixels: ${problem}`);
}
(async () => {
  const report = [];
  try {
    for (const page of pages) for (const width of widths) report.push(...await look(page, width));
  } catch (error) { report.push(String(error)); }
  await fetch("/report", { method: "POST", body: JSON.stringify(report) });
})();
</script>"""


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/look":
            self.answer(self.server.look.encode(), "text/html; charset=utf-8")
        elif self.path == "/favicon.ico":
            # Asked for by the browser itself.
            self.answer(b"", "image/x-icon")
        else:
            super().do_GET()

    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'self' 'unsafe-inline' data:")
        super().end_headers()

    def do_POST(self):
        self.server.report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(b"", "text/plain")
        self.server.done.set()

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def browser():
    for name in "chromium", "google-chrome", "chromium-browser":
        if shutil.which(name):
            return name
    sys.exit("no browser here: install the package chromium")


def looked_at(site):
    pages = sorted("/" + os.path.relpath(os.path.join(folder, name), site)
                   for folder, _, names in os.walk(site) for name in names if name.endswith(".html"))
    assert pages, f"{site} has no page"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=site))
    server.look = LOOK.replace("PAGES", json.dumps(pages), 1).replace("WIDTHS", json.dumps(WIDTHS), 1)
    server.report, server.done = None, threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as profile, open(os.path.join(profile, "log"), "w+", errors="replace") as log:
        process = subprocess.Popen(
            [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={profile}/data", "--enable-logging=stderr", "--v=0", "--window-size=1400,900",
             "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
             f"http://127.0.0.1:{server.server_port}/look"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            server.done.wait(LIMIT)
        finally:
            process.terminate()
            process.wait(30)
            server.shutdown()
        log.seek(0)
        said = log.read().splitlines()
    if server.report is None:
        return ["the browser gave no report", *said[-20:]]
    return server.report + [line for line in said if "CONSOLE" in line]


problems = looked_at(sys.argv[1])
print("\n".join(problems), file=sys.stderr)
sys.exit(1 if problems else 0)
