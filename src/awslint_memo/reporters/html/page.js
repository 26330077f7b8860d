"use strict";
(function () {
  var page = document.documentElement;
  var store = {
    get: function (key) { try { return localStorage.getItem("awslint-memo." + key); } catch (error) { return null; } },
    set: function (key, value) { try { localStorage.setItem("awslint-memo." + key, value); } catch (error) { return; } }
  };
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }
  function one(id) { return document.getElementById(id); }
  page.classList.add("with-script");

  // Light and dark: as the system has it, until somebody chooses.
  var chosen = store.get("theme");
  if (chosen === "light" || chosen === "dark") { page.dataset.theme = chosen; }
  function isDark() {
    return (page.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }
  function turn() {
    page.dataset.theme = isDark() ? "light" : "dark";
    store.set("theme", page.dataset.theme);
    name();
  }
  function name() { one("theme").textContent = isDark() ? "Light" : "Dark"; }
  one("theme").addEventListener("click", turn);
  name();

  // The findings that are chosen; what is left of the pictures is told by them.
  var form = one("filters");
  var findings = all("article.finding");
  var groups = all("section.rule");
  var nodes = all("[data-f]");
  var texts = new Map();
  function words(finding) {
    if (!texts.has(finding)) {
      texts.set(finding, (finding.textContent + " " + finding.dataset.rule).toLowerCase());
    }
    return texts.get(finding);
  }
  function choose() {
    var given = new FormData(form);
    var levels = given.getAll("level");
    var parts = (given.get("words") || "").toLowerCase().split(/\s+/).filter(Boolean);
    var names = ["rule", "service", "file", "root"].filter(function (key) { return given.get(key); });
    var isChanged = given.get("changed") !== null;
    var shown = new Set();
    findings.forEach(function (finding) {
      var data = finding.dataset;
      var fits = levels.includes(data.level) &&
        names.every(function (key) { return data[key] === given.get(key); }) &&
        (isChanged ? data.state !== "as before" : true) &&
        parts.every(function (part) { return words(finding).includes(part); });
      finding.hidden = fits === false;
      if (fits) { shown.add(finding.id); }
    });
    groups.forEach(function (group) {
      group.hidden = all("article.finding", group).every(function (finding) { return finding.hidden; });
    });
    var isWhole = shown.size === findings.length;
    nodes.forEach(function (node) {
      var mine = node.dataset.f.split(" ").filter(Boolean);
      node.classList.toggle("faint", isWhole === false && mine.some(function (id) { return shown.has(id); }) === false);
    });
    page.classList.toggle("filtered", isWhole === false);
    one("shown").textContent = isWhole ? "all " + findings.length + " findings" :
      shown.size + " of " + findings.length + " findings";
  }
  if (form !== null) {
    form.addEventListener("input", choose);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(choose, 0); });
    choose();
  }

  // A link into what is folded opens it, and shows a finding that was not chosen.
  function go(target, isFollowed) {
    if (target === null) { return; }
    if (target.closest("[hidden]") !== null && form !== null) { form.reset(); choose(); }
    for (var outer = target.closest("details"); outer !== null; outer = outer.parentElement.closest("details")) {
      outer.open = true;
    }
    (target.matches("details") ? target.firstElementChild : target).focus({ preventScroll: true });
    target.scrollIntoView({ block: target.matches(".node") ? "center" : "start", inline: "nearest" });
    all(".aim").forEach(function (old) { old.classList.remove("aim"); });
    if (isFollowed) { target.classList.add("aim"); }
  }
  function follow() {
    var id = decodeURIComponent(location.hash.slice(1));
    if (id) { go(one(id), true); }
  }
  addEventListener("hashchange", follow);
  addEventListener("load", follow);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link !== null && link.getAttribute("href") === location.hash) { follow(); }
  });

  // In a picture one node is in the order of Tab; the arrow keys move to the nearest in their direction.
  var pictures = all("svg.picture");
  pictures.forEach(function (picture) {
    var mine = all("a.node", picture);
    function hold(node) {
      mine.forEach(function (other) { other.setAttribute("tabindex", other === node ? "0" : "-1"); });
    }
    hold(mine[0]);
    mine.forEach(function (node) {
      node.addEventListener("focus", function () { hold(node); light(node); });
      node.addEventListener("blur", function () { light(null); });
      node.addEventListener("mouseenter", function () { light(node); });
      node.addEventListener("mouseleave", function () { light(null); });
    });
    function light(node) {
      var id = node === null ? "" : node.dataset.n;
      picture.classList.toggle("lit", id !== "");
      all("g.line", picture).forEach(function (line) {
        line.classList.toggle("near", id !== "" && line.dataset.n.split(" ").includes(id));
      });
    }
    picture.addEventListener("keydown", function (event) {
      var node = event.target.closest("a.node");
      var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      var next = event.key === "Home" ? mine[0] : event.key === "End" ? mine[mine.length - 1] : null;
      if (node === null || event.altKey || event.ctrlKey || event.metaKey) { return; }
      if (event.key in ways) { next = nearest(node, ways[event.key], mine); }
      if (next === null && (event.key in ways) === false) { return; }
      event.preventDefault();
      if (next !== null) { next.focus(); }
    });
  });

  // A picture can be made larger and smaller, and one that is wider than the page made to fit; by its own buttons, when
  // it is first seen, as measuring hundreds of pictures would hold up the page.
  function zoomed(around) {
    var picture = around.querySelector("svg.picture");
    var bar = document.createElement("p");
    var size = [Number(picture.getAttribute("width")), Number(picture.getAttribute("height"))];
    var scale = 1;
    bar.className = "zoom";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Size of the picture");
    function show(value) {
      scale = Math.min(Math.max(value, 0.1), 4);
      picture.setAttribute("width", String(Math.round(size[0] * scale)));
      picture.setAttribute("height", String(Math.round(size[1] * scale)));
    }
    function fit() { show(Math.min(1, around.clientWidth / size[0])); }
    [
      ["\u2212", "Smaller", function () { show(scale / 1.25); }],
      ["+", "Larger", function () { show(scale * 1.25); }],
      ["Fit to the page", "", fit],
      ["100 %", "", function () { show(1); }]
    ].forEach(function (part) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = part[0];
      if (part[1]) { button.setAttribute("aria-label", part[1]); }
      button.addEventListener("click", part[2]);
      bar.append(button);
    });
    around.before(bar);
  }
  if ("IntersectionObserver" in window) {
    var seen = new IntersectionObserver(function (entries) {
      entries.filter(function (entry) { return entry.isIntersecting; }).forEach(function (entry) {
        seen.unobserve(entry.target);
        if (entry.target.scrollWidth > entry.target.clientWidth + 8) { zoomed(entry.target); }
      });
    }, { rootMargin: "200px" });
    all(".scroll").forEach(function (around) { seen.observe(around); });
  }
  function nearest(node, way, among) {
    var best = null;
    var least = Infinity;
    among.forEach(function (other) {
      var x = other.dataset.x - node.dataset.x;
      var y = other.dataset.y - node.dataset.y;
      var along = x * way[0] + y * way[1];
      var across = Math.abs(x * way[1]) + Math.abs(y * way[0]);
      if (other !== node && along > 4 && along + 2 * across < least) {
        least = along + 2 * across;
        best = other;
      }
    });
    return best;
  }

  // Single keys, unless somebody turned them off or writes.
  var single = one("single");
  single.checked = store.get("keys") !== "off";
  single.addEventListener("change", function () { store.set("keys", single.checked ? "on" : "off"); });
  function step(by) {
    var shown = findings.filter(function (finding) { return finding.hidden === false; });
    var at = shown.indexOf(document.activeElement.closest("article.finding"));
    var next = shown[at === -1 ? (by > 0 ? 0 : shown.length - 1) : at + by];
    if (next !== undefined) { go(next, true); }
  }
  var picture = -1;
  var keys = {
    "/": function () { if (form !== null) { one("words").focus(); } },
    j: function () { step(1); },
    k: function () { step(-1); },
    f: function () {
      var finding = document.activeElement.closest("article.finding");
      var fix = finding === null ? null : finding.querySelector("details.fix");
      if (fix !== null) { fix.open = fix.open === false; }
    },
    p: function () {
      if (pictures.length === 0) { return; }
      picture = (picture + 1) % pictures.length;
      go(pictures[picture].querySelector("a.node[tabindex='0']"), false);
    },
    x: function () { if (form !== null) { form.reset(); } },
    t: turn,
    "?": function () { go(one("keys"), false); }
  };
  document.addEventListener("keydown", function (event) {
    var isWriting = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && isWriting) {
      event.preventDefault(); // Or the browser empties the field, and nothing hears of it.
      event.target.blur();
      return;
    }
    if (isWriting || single.checked === false || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // What is folded is printed too, and folded again afterwards.
  var folded = [];
  addEventListener("beforeprint", function () {
    folded = all("details:not([open])");
    folded.forEach(function (one) { one.open = true; });
  });
  addEventListener("afterprint", function () { folded.forEach(function (one) { one.open = false; }); });
})();
