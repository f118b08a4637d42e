/* Adds to pages that are whole without it: filters, sorting, another base, citations, classroom mode, search. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  var $ = function (selector, from) { return (from || document).querySelector(selector); };
  var all = function (selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); };

  /* The state of a page lives in its address; a page from a disk may not change it, and works all the same. */
  var state = new URLSearchParams(location.search);
  function remember(name, value) {
    if (value) { state.set(name, value); } else { state.delete(name); }
    var query = state.toString();
    try { history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash); } catch (error) { /* from a disk */ }
  }

  /* ---- story page ---- */
  var list = $("#list"), filters = $("#filters");
  var articles = list ? list.dataset.articles.trim().split(" ") : [];

  function matches(element) {
    var words = element.dataset.filters.split(" "), states = element.dataset.states.split(" ");
    var has = function (i) { return /^(base|same|reworded)$/.test(states[i]); };
    var show = state.get("show"), omitted = articles.indexOf(state.get("omitted")), only = articles.indexOf(state.get("only"));
    if (show && words.indexOf(show) < 0) { return false; }
    if (omitted >= 0 && has(omitted)) { return false; }
    if (only >= 0 && !states.every(function (_, i) { return has(i) === (i === only); })) { return false; }
    return true;
  }

  function filter() {
    var count = 0;
    all(".claim", list).forEach(function (claim) {
      var shown = matches(claim);
      claim.hidden = !shown;
      count += shown;
    });
    all("#matrix tbody tr").forEach(function (row) { row.hidden = !matches(row); });
    $("#count").textContent = count + " " + (count === 1 ? list.dataset.one : list.dataset.many);
  }

  /* Words with the punctuation and space behind them; equal when the words are. */
  function tokens(text) { return text.match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)?[^\p{L}\p{M}\p{N}"“”«»„]*|[^\p{L}\p{M}\p{N}]\s*/gu) || []; }
  function key(token) {
    return token.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”«»„]/g, '"').replace(/[\s.,;:!?…()–—-]+$/u, "") || token.trim();
  }
  function compare(old, now) {
    var a = tokens(old), b = tokens(now), x = a.map(key), y = b.map(key), i, j, table = [];
    for (i = a.length; i >= 0; i--) {
      table[i] = new Array(b.length + 1).fill(0);
      for (j = b.length - 1; i < a.length && j >= 0; j--) {
        table[i][j] = x[i] === y[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
      }
    }
    var out = document.createDocumentFragment(), gone = "", come = "";
    function put(tag, text) {
      if (!text) { return; }
      var bare = text.replace(/\s+$/, ""), node = document.createElement(tag);
      node.textContent = bare;
      out.append(node, text.slice(bare.length));
    }
    function flush() { put("del", gone); put("ins", come); gone = come = ""; }
    for (i = 0, j = 0; i < a.length || j < b.length;) {
      if (i < a.length && j < b.length && x[i] === y[j]) { flush(); out.append(b[j]); i++; j++; }
      else if (j >= b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) { gone += a[i++]; }
      else { come += b[j++]; }
    }
    flush();
    return out;
  }
  function plain(words) {
    var copy = words.cloneNode(true);
    all("del", copy).forEach(function (node) { node.remove(); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }
  function rebase() {
    var chosen = articles.indexOf(state.get("base"));
    all(".claim", list).forEach(function (claim) {
      var readings = all(".reading", claim);
      if (!claim.original) { claim.original = readings.map(function (r) { return $(".words", r).innerHTML; }); }
      var base = readings.find(function (r) { return +r.dataset.o === chosen; });
      readings.forEach(function (reading, i) {
        var words = $(".words", reading);
        if (!base || words.classList.contains("soft")) { words.innerHTML = claim.original[i]; }
      });
      if (!base || $(".words", base).classList.contains("soft")) { return; }
      var text = plain($(".words", base));
      readings.forEach(function (reading) {
        var words = $(".words", reading);
        if (words.classList.contains("soft")) { return; }
        words.replaceChildren(reading === base ? text : compare(text, plain(words)));
      });
    });
  }

  function sort() {
    var body = $("#matrix tbody"), by = state.get("sort"), rows = all("tr", body);
    rows.forEach(function (row, i) { if (row.place === undefined) { row.place = i; } });
    var column = articles.indexOf(by);
    rows.sort(function (a, b) {
      var x = 0, y = 0;
      if (by === "carried") { x = -a.dataset.carried; y = -b.dataset.carried; }
      else if (column >= 0) {
        x = +a.dataset.positions.trim().split(" ")[column] || Infinity;
        y = +b.dataset.positions.trim().split(" ")[column] || Infinity;
      }
      return x === y ? a.place - b.place : x - y;
    });
    body.append.apply(body, rows);
  }

  if (list) {
    ["show", "omitted", "only", "base"].forEach(function (name) {
      var field = filters.elements[name];
      field.value = state.get(name) || "";
      if (field.selectedIndex < 0) { field.value = ""; }
      field.addEventListener("change", function () { remember(name, field.value); (name === "base" ? rebase : filter)(); });
    });
    filters.addEventListener("submit", function (event) { event.preventDefault(); });
    var order = $("#sort");
    order.value = state.get("sort") || "";
    if (order.selectedIndex < 0) { order.value = ""; }
    order.addEventListener("change", function () { remember("sort", order.value); sort(); });
    if (state.get("sort")) { sort(); }
    if (state.get("base")) { rebase(); }
    if (state.get("show") || state.get("omitted") || state.get("only")) { filter(); }
    /* A link to a claim that the filters hide shows it. */
    var reveal = function () {
      var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.hidden) { target.hidden = false; target.scrollIntoView(); }
    };
    addEventListener("hashchange", reveal);
    reveal();

    list.addEventListener("click", function (event) {
      var button = event.target.closest(".copy");
      if (!button) { return; }
      var claim = button.closest(".claim"), lines = [list.dataset.story + " — " + $("h3", claim).textContent];
      all(".reading", claim).forEach(function (reading) {
        lines.push($(".sign", reading).title + ": “" + plain($(".words", reading)) + "”");
      });
      lines.push(location.href.split("#")[0] + "#" + claim.id, list.dataset.accessed);
      var label = button.firstChild, before = label.textContent;
      copy(lines.join("\n")).then(function () {
        label.textContent = list.dataset.copied;
        setTimeout(function () { label.textContent = before; }, 2000);
      });
    });
  }

  function copy(text) {
    if (navigator.clipboard && isSecureContext) { return navigator.clipboard.writeText(text); }
    var area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }

  var kinds = $("#kinds");
  if (kinds) {
    kinds.addEventListener("change", function () {
      all("#findings tbody tr").forEach(function (row) { row.hidden = kinds.value && row.dataset.kind !== kinds.value; });
    });
  }

  /* ---- classroom mode: outlets become A, B, C ---- */
  if (state.has("blind") && list) {
    var names = {}, signs = {};
    all(".outlets .sign").forEach(function (sign, i) {
      var letter = i < 26 ? String.fromCharCode(65 + i) : "A" + i;
      signs[sign.textContent] = letter;
      names[sign.title] = letter;
    });
    var longest = Object.keys(names).sort(function (a, b) { return b.length - a.length; });
    var replace = function (text) { return longest.reduce(function (t, name) { return t.split(name).join(names[name]); }, text); };
    all(".sign, .t-label").forEach(function (sign) { sign.textContent = signs[sign.textContent] || "·"; sign.removeAttribute("title"); });
    var walker = document.createTreeWalker($("main"), NodeFilter.SHOW_TEXT), node;
    while ((node = walker.nextNode())) {
      if (!node.parentNode.closest(".words, .said, script")) { node.nodeValue = replace(node.nodeValue); }
    }
    all(".receipt .link .small").forEach(function (part) {
      part.textContent = part.textContent.replace(/\S+/g, function (word) { return signs[word] || word; });
    });
    all("a", $("main")).forEach(function (link) { if (!/^#/.test(link.getAttribute("href") || "")) { link.removeAttribute("href"); } });
    all(".outlets time, .tools, .note").forEach(function (part) { part.hidden = true; });
    $(".worksheet").hidden = false;
    $("#reveal").addEventListener("click", function () { state.delete("blind"); location.search = state.toString(); });
  }

  /* ---- side by side ---- */
  var parallel = $("#parallel"), sides = $("#sides");
  function choose() {
    var left = +sides.elements.left.value, right = sides.elements.right.value, body = parallel.tBodies[0], anchorRow = -1;
    var rows = all("tr", body).map(function (row, place) {
      if (row.place === undefined) { row.place = place; }
      var cells = all("td", row), own = +cells[left].dataset.index;
      var other = right === "all" ? cells.some(function (c, i) { return i !== left && +c.dataset.index >= 0; }) : +cells[right].dataset.index >= 0;
      var at = right === "all" ? row.place : +cells[right].dataset.index;
      return { row: row, own: own, other: other, at: at };
    });
    var met = rows.filter(function (r) { return r.own >= 0 && r.other; }).sort(function (a, b) { return a.at - b.at; });
    rows.forEach(function (r) {
      r.rank = r.own;
      if (r.own < 0) {
        r.rank = -0.5;
        met.forEach(function (m) { if (m.at < r.at) { r.rank = m.own + 0.5; } });
      }
      r.row.hidden = r.own < 0 && !r.other;
      r.row.classList.toggle("both", r.own >= 0 && r.other);
      all("td", r.row).forEach(function (cell, i) { cell.hidden = !(i === left || right === "all" || i === +right); });
    });
    rows.sort(function (a, b) { return a.rank - b.rank || a.at - b.at || a.row.place - b.row.place; });
    body.append.apply(body, rows.map(function (r) { return r.row; }));
    all("thead th", parallel).forEach(function (cell, i) { cell.hidden = !(i === left || right === "all" || i === +right); });
    all("tr", parallel).forEach(function (row) { row.insertBefore(row.cells[left], null); });
    all("tr", parallel).forEach(function (row) {
      /* The left article first, the others in the story's order. */
      var cells = Array.prototype.slice.call(row.cells).sort(function (a, b) { return (+a.dataset.o === left ? -1 : +a.dataset.o) - (+b.dataset.o === left ? -1 : +b.dataset.o); });
      row.append.apply(row, cells);
    });
  }
  if (parallel) {
    var columns = function () { all("tr", parallel).forEach(function (row) { row.append.apply(row, Array.prototype.slice.call(row.cells).sort(function (a, b) { return a.dataset.o - b.dataset.o; })); }); };
    var apply = function () { columns(); choose(); };
    ["left", "right"].forEach(function (name) {
      if (state.get(name)) { sides.elements[name].value = state.get(name); }
      sides.elements[name].addEventListener("change", function () { remember(name, sides.elements[name].value); apply(); });
    });
    $("#swap").addEventListener("click", function () {
      var left = sides.elements.left.value, right = sides.elements.right.value;
      if (right === "all") { return; }
      sides.elements.left.value = right;
      sides.elements.right.value = left;
      remember("left", right);
      remember("right", left);
      apply();
    });
    sides.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  }

  /* ---- index ---- */
  var cards = $("#cards-filter");
  if (cards) {
    var sift = function () {
      var f = cards.elements;
      all(".card").forEach(function (card) {
        var d = card.dataset;
        card.hidden = Boolean((f.outlet.value && d.outlets.split("|").indexOf(f.outlet.value) < 0) || (f.tag.value && d.tags.split("|").indexOf(f.tag.value) < 0) || (f.from.value && d.date < f.from.value) || (f.to.value && (!d.date || d.date > f.to.value)));
      });
      ["outlet", "tag", "from", "to"].forEach(function (name) { remember(name, f[name].value); });
    };
    ["outlet", "tag", "from", "to"].forEach(function (name) { cards.elements[name].value = state.get(name) || ""; });
    cards.addEventListener("change", sift);
    cards.addEventListener("submit", function (event) { event.preventDefault(); });
    if (location.search) { sift(); }
  }

  /* ---- search ---- */
  var finder = $("#finder");
  if (finder) {
    var said = $("#found"), results = $("#results"), field = $("#words"), index = null, last = 0;
    if (location.protocol === "file:") { said.textContent = said.dataset.file; field.disabled = true; }
    var search = function () {
      var words = field.value.trim(), turn = ++last;
      remember("q", words);
      if (!words) { results.replaceChildren(); said.textContent = ""; return; }
      var base = new URL("../pagefind/", location.href).href;
      index = index || import(base + "pagefind.js");
      index.then(function (pagefind) { return pagefind.search(words); }).then(function (found) {
        return Promise.all(found.results.slice(0, 20).map(function (r) { return r.data(); })).then(function (data) {
          if (turn !== last) { return; }
          said.textContent = found.results.length ? found.results.length + " " + (found.results.length === 1 ? said.dataset.one : said.dataset.many) : said.dataset.none;
          results.replaceChildren.apply(results, data.map(show));
        });
      });
    };
    var show = function (data) {
      var item = document.createElement("li"), link = document.createElement("a"), text = document.createElement("p");
      link.href = data.url;
      link.textContent = data.meta.title;
      /* Pagefind escapes the page's text and adds only <mark>; it is taken apart all the same. */
      data.excerpt.split(/<mark>|<\/mark>/).forEach(function (piece, i) {
        var node = document.createElement(i % 2 ? "mark" : "span"), decoder = new DOMParser();
        node.textContent = decoder.parseFromString(piece, "text/html").body.textContent;
        text.append(node);
      });
      item.append(link, text);
      return item;
    };
    finder.addEventListener("submit", function (event) { event.preventDefault(); search(); });
    field.addEventListener("input", search);
    field.value = state.get("q") || "";
    if (field.value && !field.disabled) { search(); }
  }
})();
