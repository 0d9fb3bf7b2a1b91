"""report.html in headless Chromium, on as many cases as all targets have: it draws, filters, opens what a
link names, in light and dark, wide and narrow, and the console stays empty."""
from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import results_folders
import test_go_releases

from driver.go import releases

pytest.importorskip("jinja2", reason="no jinja2: apt-get install python3-jinja2")
from driver.publish import collect, page  # noqa: E402

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("browser")]
DRIVER = shutil.which("chromedriver")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = results_folders.all_targets(tmp_path_factory.mktemp("results"))
    results_folders.write_go(folder,
                             [results_folders.go_finding("new"),
                              results_folders.go_finding("known", offset=8)])
    write_live(folder)
    releases.write(folder / releases.FILE.name,
                   [test_go_releases.ROW, replace(test_go_releases.ROW, go="go1.27.4", new="tls:1 <b>:2",
                                                  incomplete="1", unchecked="main.f: why")])
    (folder / "history.jsonl").write_text("".join(json.dumps(
        {"time": "2026-01-01", "command": "check", "revision": "0123abc", "failed": k,
         "over_floor_us": 9.5 - k, "shots": 9})
        + "\n" for k in range(4)) + "{damaged\n")
    return page.write(folder)


def write_live(folder: Path) -> None:
    row = {"function": "main.main", "pcs": 9, "executed": 8, "fired": 8, "injected": 7, "refused": 1,
           "failed": 0}
    (folder / "live/app").mkdir(parents=True)
    (folder / "live/app/live.json").write_text(json.dumps({**row, "target": "amd64", "functions": [row],
                                                           "failures": []}))


@pytest.fixture(scope="module")
def browser(report: Path) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver",
                                    reason="no selenium: apt-get install python3-selenium")
    if not DRIVER or not BROWSER:
        pytest.skip("no chromium or no chromedriver: apt-get install chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(service=webdriver.chrome.service.Service(DRIVER), options=options)
    made.set_script_timeout(60)
    yield made
    made.quit()


def show(browser: Any, report: Path, link: str = "", width: int = 1280, scheme: str = "light") -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia",
                            {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.get("about:blank")
    browser.get(report.as_uri() + link)


def wait_for(browser: Any, script: str) -> Any:
    """What `script` returns, once that is true."""
    return browser.execute_async_script(
        "const done = arguments[0], ask = () => { const v = (() => { " + script + " })(); "
        "if (v) done(v); else setTimeout(ask, 20); }; ask();")


def type_into(browser: Any, box: str, text: str) -> None:
    browser.execute_script("const e = document.getElementById(arguments[0]); e.value = arguments[1]; "
                           "e.dispatchEvent(new Event('input'));", box, text)


def click(browser: Any, what: str) -> None:
    """Wherever the page is scrolled to."""
    browser.execute_script("document.querySelector(arguments[0]).click()", what)


def test_it_is_one_file_of_less_than_8_mb_that_asks_for_nothing(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert 200_000 < len(text.encode()) < 8_000_000
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"|@import|url\(', text)


def test_a_validator_finds_nothing(report: Path) -> None:
    if not shutil.which("tidy"):
        pytest.skip("no tidy: apt-get install tidy")
    done = subprocess.run(["tidy", "-q", "-e", "--drop-empty-elements", "no", str(report)],
                          capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_draws(browser: Any, report: Path, width: int, scheme: str) -> None:
    show(browser, report, "", width, scheme)
    assert browser.find_element("css selector", "h1").text.startswith("Failed")
    assert browser.find_element("id", "case-status").text.endswith("17\u202f064 cases")
    assert len(browser.find_elements("css selector", ".matrix tbody tr")) == 12
    assert len(browser.find_elements("css selector", "figure svg polyline")) == 3
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (colour == "rgb(15, 19, 23)") == (scheme == "dark")
    assert browser.get_log("browser") == []


def test_cases_are_rows_only_while_they_are_in_sight(browser: Any, report: Path) -> None:
    show(browser, report)
    rows = "return document.querySelectorAll('#case-list li').length"
    assert 10 < browser.execute_script(rows) < 60
    browser.execute_script("document.getElementById('case-list').scrollTop = 36 * 15000")
    assert wait_for(browser, "return document.querySelector('#case-list [data-index=\"15000\"] svg')")
    assert browser.execute_script(rows) < 60


def test_search_and_filters(browser: Any, report: Path) -> None:
    show(browser, report)
    type_into(browser, "case-search", "target3 ADD_0x1f")
    wait_for(browser, "return document.getElementById('case-status').textContent.startsWith('17 of')")
    type_into(browser, "case-search", "")
    click(browser, "#case-verdicts [data-letter=F]")
    wait_for(browser, "return document.getElementById('case-status').textContent.startsWith('60 of')")
    # by one script each: a list that has changed its size draws its rows again
    assert "1 failed" in browser.execute_script(
        "return document.querySelector('#case-list svg').getAttribute('aria-label')")
    assert browser.execute_script(
        "return [...document.querySelectorAll('#case-list li:first-child rect')]"
        ".map((cell) => cell.getAttribute('class'))") == ["v-0", "v-1", "v-1", "v-5"]
    type_into(browser, "failure-search", "red.59@")
    wait_for(browser, "return document.querySelectorAll('#failure-list > li[data-id]').length === 1")
    type_into(browser, "finding-search", "scan.go")
    click(browser, "#finding-states [data-key=new]")
    assert browser.find_element("id", "finding-status").text == "1 of 2 findings"
    assert browser.get_log("browser") == []


def test_a_link_opens_a_failure_with_its_explanation(browser: Any, report: Path) -> None:
    show(browser, report, "#failure=arm64%2Fred.59%40%2B0xc%230")
    text = wait_for(browser, "const c = document.querySelector('#failure-list [data-id*=\"red.59@\"] .body');"
                             " return c && c.innerText")
    for said in ("<b>it</b> comes out wrong", "add x3, x3, x2", "restart 1", "the call was injected", "0x1b",
                 "cases/arm64/c.progs:6", "make repro ID='arm64/red.59@+0xc#0'"):
        assert said in text
    assert browser.execute_script("return document.querySelectorAll('.body mark').length") == 1
    assert browser.execute_script("return document.activeElement.tagName") == "SUMMARY"


def test_the_keyboard_alone_opens_a_case_and_each_pc(browser: Any, report: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(key: str) -> None:
        """Wherever the focus is."""
        ActionChains(browser).send_keys(key).perform()

    show(browser, report)
    browser.execute_script("document.querySelector('#case-list a').focus()")
    press(Keys.END)
    assert wait_for(browser,
                    "return document.activeElement.parentNode.getAttribute('aria-posinset') === '17064'")
    press(Keys.ARROW_UP)
    press(Keys.ENTER)
    title = wait_for(browser, "return document.getElementById('case-dialog').open && "
                              "document.getElementById('case-title').textContent")
    assert title.startswith("target12/add.ADD_")
    pcs = browser.find_elements("css selector", "#case-dialog .pc")
    pcs[1].send_keys(Keys.ENTER)
    assert f"make explain ID='{title}@+0x4#0'" in browser.find_element("id", "case-body").text
    press(Keys.ESCAPE)
    wait_for(browser, "return !document.getElementById('case-dialog').open")


def test_what_does_not_fit_is_counted(tmp_path: Path) -> None:
    fails = [results_folders.fail(f"arm64/a@+0x{k:x}#0", got="x" * 4000) for k in range(900)]
    folder = results_folders.write(tmp_path, {"arm64": [*fails, results_folders.case("a", "F", 900)]})
    text = page.rendered(collect.read(folder))
    left = re.search(r"(\d+) more are in events.jsonl", text)
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert len(text) < 3_000_000 and left and int(left[1]) + len(data["failures"]) == 900
