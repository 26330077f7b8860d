// Looks at pages of the format html in a browser; `python -m bench.picture` starts it.
// Arguments: the browser's program, then pages. Prints one line of JSON for each check of each page.
"use strict";
const fs = require("fs");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-quic"];

function say(page, check, wrong, more) {
  console.log(JSON.stringify({ page: page.split("/").pop(), check, wrong, ...more }));
}

async function opened(browser, path, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => { if (message.type() === "error") { wrong.push(message.text()); } });
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => { if (!request.url().startsWith("file:")) { wrong.push(request.url()); } });
  await page.goto("file://" + path);
  return { context, page, wrong };
}

async function accessible(browser, path, scheme, more) {
  const { context, page } = await opened(browser, path, { colorScheme: scheme, bypassCSP: true, ...more });
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.addStyleTag({ content: ".finding { content-visibility: visible !important; }" });
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules }), RULES);
  const wrong = found.violations.map((one) => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 200)}`);
  say(path, `axe, ${scheme}`, wrong, { passed: found.passes.length });
  await context.close();
}

async function quiet(browser, path) {
  const { context, page, wrong } = await opened(browser, path, {});
  await page.waitForTimeout(100);
  say(path, "loads nothing, no errors", wrong);
  await context.close();
}

async function tabs(browser, path) {
  const { context, page } = await opened(browser, path, {});
  const wrong = [];
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  if (first !== "#findings") { wrong.push(`Tab begins at ${first}`); }
  const nodes = new Set();
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      const picture = one.closest("svg.picture");
      const isNode = one.matches("a.node");
      return { isBody: one === document.body, isSeen: box.width > 0 && box.height > 0,
        node: isNode ? picture.getAttribute("aria-labelledby") + " " + one.id : "" };
    });
    if (at.isBody) { break; }
    if (at.isSeen === false) { wrong.push("something that is not seen has the focus"); }
    if (at.node) {
      const picture = at.node.split(" ")[0];
      if (nodes.has(picture)) { wrong.push(`${picture} has two nodes in the order of Tab`); }
      nodes.add(picture);
    }
  }
  say(path, "Tab", wrong, { pictures: nodes.size });
  await context.close();
}

async function arrows(browser, path) {
  const { context, page } = await opened(browser, path, {});
  const wrong = [];
  const all = await page.locator("svg.picture").first().locator("a.node").count();
  await page.keyboard.press("p");
  const reached = new Set();
  // By their places, as ids are those of resources, and of boxes, which several pictures may have.
  const now = () => page.evaluate(() => {
    const nodes = [...document.querySelector("svg.picture").querySelectorAll("a.node")];
    return nodes.indexOf(document.activeElement);
  });
  const waiting = [await now()];
  while (waiting.length > 0) {
    const from = waiting.pop();
    if (reached.has(from)) { continue; }
    if (from < 0) { wrong.push("an arrow key leads out of the picture"); break; }
    reached.add(from);
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      await page.evaluate((at) => document.querySelector("svg.picture").querySelectorAll("a.node")[at].focus(), from);
      await page.keyboard.press(key);
      waiting.push(await now());
    }
  }
  if (reached.size !== all) { wrong.push(`arrow keys reach ${reached.size} of ${all} nodes`); }
  await page.keyboard.press("Enter");
  await page.waitForTimeout(100);
  const row = await page.evaluate(() => document.activeElement.id);
  if (!row.startsWith("r-")) { wrong.push(`Enter leads to ${row || "nothing"}`); }
  say(path, "arrow keys", wrong, { nodes: all });
  await context.close();
}

async function filters(browser, path) {
  const { context, page } = await opened(browser, path, {});
  const wrong = [];
  const shown = () => page.locator("article.finding:not([hidden])").count();
  const all = await shown();
  await page.keyboard.press("/");
  await page.keyboard.type("no such words anywhere");
  if ((await shown()) !== 0) { wrong.push("words choose nothing"); }
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await page.waitForTimeout(50);
  if ((await shown()) !== all) { wrong.push("x does not show all again"); }
  const level = page.locator("input[name=level]").first();
  const number = await page.locator(`article.finding[data-level=${await level.getAttribute("value")}]`).count();
  await level.uncheck();
  if ((await shown()) !== all - number) { wrong.push("a level does not choose"); }
  const hidden = await page.locator("article.finding[hidden]").first().getAttribute("id");
  await page.evaluate((id) => { location.hash = id; }, hidden);
  await page.waitForTimeout(100);
  if (await page.locator(`#${hidden}`).isHidden()) { wrong.push("a link does not show what was not chosen"); }
  await page.keyboard.press("j");
  const at = await page.evaluate(() => document.activeElement.id);
  if (!at.startsWith("f-")) { wrong.push("j leads to no finding"); }
  await page.locator("#single").uncheck();
  await page.locator("#keys").focus();
  const theme = await page.evaluate(() => document.documentElement.dataset.theme);
  await page.keyboard.press("t");
  if ((await page.evaluate(() => document.documentElement.dataset.theme)) !== theme) {
    wrong.push("single keys can't be turned off");
  }
  await page.locator("#theme").click();
  const turned = await page.evaluate(() => getComputedStyle(document.body).color);
  await page.locator("#theme").click();
  if ((await page.evaluate(() => getComputedStyle(document.body).color)) === turned) { wrong.push("no dark"); }
  say(path, "filters and keys", wrong, { findings: all });
  await context.close();
}

async function overlaps(browser, path) {
  const { context, page } = await opened(browser, path, {});
  const wrong = await page.evaluate(() => {
    const found = [];
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    document.querySelectorAll("svg.picture").forEach((picture) => {
      const boxes = Array.from(picture.querySelectorAll("a.node")).map((one) => {
        const rect = one.querySelector(".box").getBoundingClientRect();
        Array.from(one.querySelectorAll("text")).forEach((text) => {
          if (text.getBoundingClientRect().right > rect.right + 1) { found.push(`text leaves its box: ${text.textContent}`); }
        });
        return rect;
      });
      const labels = Array.from(picture.querySelectorAll(".line text")).map((one) => one.getBoundingClientRect());
      const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
      boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => { if (over(one, other)) { found.push("two boxes"); } }));
      labels.forEach((one) => boxes.forEach((other) => { if (over(one, other)) { found.push("a label and a box"); } }));
    });
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) { found.push("the page is too wide"); }
    return found;
  });
  say(path, "nothing overlaps", wrong);
  await context.close();
}

async function narrow(browser, path) {
  const { context, page } = await opened(browser, path, { viewport: { width: 400, height: 800 }, reducedMotion: "reduce" });
  const wrong = await page.evaluate(() => {
    const root = document.documentElement;
    const moving = Array.from(document.querySelectorAll(".node .box, .line")).filter((one) =>
      getComputedStyle(one).transitionDuration !== "0s");
    return [root.scrollWidth > root.clientWidth ? `${root.scrollWidth} px wide` : "",
      moving.length > 0 ? "something moves" : ""].filter(Boolean);
  });
  say(path, "400 px, less motion", wrong);
  await context.close();
}

async function still(browser, path) {
  const { context, page, wrong } = await opened(browser, path, { javaScriptEnabled: false, forcedColors: "active" });
  if ((await page.locator(".scripted:visible").count()) > 0) { wrong.push("what needs JavaScript is shown"); }
  if ((await page.locator("article.finding").count()) === 0) { wrong.push("no findings"); }
  say(path, "without JavaScript, forced colors", wrong);
  await context.close();
}

(async () => {
  const [program, ...pages] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: program, args: QUIET });
  for (const path of pages) {
    await quiet(browser, path);
    await accessible(browser, path, "light");
    await accessible(browser, path, "dark");
    for (const check of [tabs, arrows, filters, overlaps, narrow, still]) { await check(browser, path); }
  }
  await browser.close();
})();
