"""Checks report.html in Chromium over its DevTools protocol; called by Scripts/page-checks."""

import argparse
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

import websocket

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
# A4 within Chromium's margins, in CSS pixels.
PAPER = (717, 1046)
PATIENCE = 120


class Browser:
    """A headless Chromium with one page; events are kept until they are asked for."""

    def __init__(self, program, profile):
        self.process = subprocess.Popen(
            [
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.events = []
        self.sent = 0
        self.socket = websocket.create_connection(self.address(profile), timeout=PATIENCE)
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.send(f"{domain}.enable")

    def address(self, profile):
        port_file = pathlib.Path(profile, "DevToolsActivePort")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if port_file.exists() and len(port_file.read_text().split()) > 1:
                port = port_file.read_text().split()[0]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                    pages = [page for page in json.load(answer) if page["type"] == "page"]
                if pages:
                    return pages[0]["webSocketDebuggerUrl"]
            time.sleep(0.05)
        raise OSError("Chromium does not start")

    def send(self, method, **parameters):
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.sent:
                if "error" in message:
                    raise OSError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def open(self, url):
        self.events.clear()
        self.send("Page.navigate", url=url)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(json.loads(self.socket.recv()))

    def evaluate(self, expression):
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise OSError(answer["exceptionDetails"].get("exception", {}).get("description"))
        return answer["result"].get("value")

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(PATIENCE)


class Checks:
    def __init__(self, browser, screenshots):
        self.browser = browser
        self.screenshots = screenshots
        self.failed = 0
        here = pathlib.Path(__file__).parent
        self.own = (here / "page_checks.js").read_text()
        packages = next(pathlib.Path(sys.prefix).glob("lib/python*/site-packages"))
        self.axe = (packages / "axe_playwright_python" / "axe.min.js").read_text()

    def report(self, name, faults):
        print(f"{'failed' if faults else 'ok'} {name}", flush=True)
        for fault in faults[:10]:
            print(f"    {fault}")
        if len(faults) > 10:
            print(f"    and {len(faults) - 10} more")
        self.failed += bool(faults)

    def ask(self, call):
        return self.browser.evaluate(f"({self.own}).{call}")

    def events(self, page):
        """Requests beyond the page itself, and what the console says."""
        requests, messages = [], []
        for event in self.browser.events:
            method, details = event["method"], event.get("params", {})
            if method == "Network.requestWillBeSent":
                if details["request"]["url"] != page:
                    requests.append(details["request"]["url"][:200])
            elif method == "Log.entryAdded":
                if details["entry"]["level"] in ("error", "warning"):
                    messages.append(details["entry"]["text"])
            elif method == "Runtime.consoleAPICalled":
                if details["type"] in ("error", "warning", "assert"):
                    messages.append(str(details["args"]))
            elif method == "Runtime.exceptionThrown":
                messages.append(details["exceptionDetails"]["text"])
        return requests, messages

    def page(self, directory):
        page = (directory / "report.html").resolve().as_uri()
        for width in WIDTHS:
            for scheme in SCHEMES:
                self.screen(directory.name, page, width, scheme)
        self.paper(directory.name, page)

    def screen(self, name, page, width, scheme):
        browser = self.browser
        browser.send(
            "Emulation.setEmulatedMedia",
            media="screen",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        browser.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        browser.open(page)
        requests, messages = self.events(page)
        where = f"{name} {width} {scheme}"
        self.picture(f"{name}-{width}-{scheme}", width)
        self.report(f"{where}: no request", requests)
        self.report(f"{where}: no console message", messages)
        self.report(f"{where}: texts in drawings keep apart", self.ask("texts()"))
        self.report(f"{where}: texts on colours can be read", self.ask("contrast()"))
        self.report(f"{where}: rows keep apart", self.ask("rows()"))
        self.report(f"{where}: findings lead to charts with tables", self.ask("parts()"))
        self.ask("openTables(true)")
        self.report(f"{where}: nothing is wider than the window", self.ask(f"overflow({width})"))
        browser.evaluate(self.axe)
        self.report(f"{where}: axe-core", self.ask("accessibility()"))
        requests, messages = self.events(page)
        self.report(f"{where}: no request or message later", requests + messages)

    def picture(self, name, width):
        if not self.screenshots:
            return
        height = self.browser.evaluate("document.documentElement.scrollHeight")
        step = 2000
        for place, top in enumerate(range(0, height, step)):
            clip = {"x": 0, "y": top, "width": width, "height": min(step, height - top), "scale": 1}
            answer = self.browser.send(
                "Page.captureScreenshot", captureBeyondViewport=True, clip=clip
            )
            path = self.screenshots / f"{name}-{place}.png"
            path.write_bytes(base64.b64decode(answer["data"]))

    def paper(self, name, page):
        browser = self.browser
        width, height = PAPER
        browser.send("Emulation.setEmulatedMedia", media="print")
        browser.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        browser.open(page)
        faults = self.ask(f"print({width}, {height})") + self.ask(f"overflow({width})")
        faults += self.ask("texts()") + self.ask("rows()")
        answer = browser.send(
            "Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69
        )
        document = base64.b64decode(answer["data"])
        if self.screenshots:
            (self.screenshots / f"{name}.pdf").write_bytes(document)
        pages = len(re.findall(rb"/Type\s*/Page\b", document))
        if pages == 0:
            faults.append("no page was printed")
        self.report(f"{name} printed, {pages} pages A4: no chart is cut", faults)


def main():
    parser = argparse.ArgumentParser(prog="Scripts/page-checks")
    parser.add_argument("--chromium", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--profile", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--screenshots", type=pathlib.Path, metavar="DIRECTORY")
    parser.add_argument("published", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.screenshots:
        os.makedirs(arguments.screenshots, exist_ok=True)
    try:
        browser = Browser(arguments.chromium, arguments.profile)
    except (OSError, websocket.WebSocketException) as error:
        print(f"page-checks: skipped: {error}")
        return 0
    try:
        checks = Checks(browser, arguments.screenshots)
        for directory in arguments.published:
            checks.page(directory)
    finally:
        browser.close()
    print(f"{checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
