/* Adds to pages that are whole without it: choosing claims, citations, parallel columns, classroom mode, search.
   One classic script, since modules do not load from file://. Texts are only ever set as text. */
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const query = new URLSearchParams(location.search);
  const blind = query.has("blind");

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /* The state of a page lives in its address. */
  const remember = (values) => {
    for (const [name, value] of Object.entries(values)) value ? query.set(name, value) : query.delete(name);
    const text = query.toString().replace(/=(&|$)/g, "$1");
    try {
      history.replaceState(null, "", location.pathname + (text && "?" + text) + location.hash);
    } catch { /* a page from a disk in a strict browser: the address stays as it is */ }
  };
  const restore = (form) => {
    for (const [name, value] of query) {
      const field = form.elements[name];
      if (!field) continue;
      if (field instanceof RadioNodeList || [...(field.options || [])].some((o) => o.value === value)) field.value = value;
      else if (field.type === "date") field.value = value;
    }
  };
  const tell = (status, n, all) => { status.textContent = n === all ? "" : status.dataset.of.replace("{n}", n).replace("{all}", all); };

  /* Words: cut at spaces, compared without capitals, quotation marks, dashes and punctuation at their ends. */
  const level = (word) => /^[a-z0-9]+$/.test(word) ? word : word.normalize("NFC").toLowerCase().replace(/[“”„‟«»‹›]/g, '"').replace(/[‘’‚‛]/g, "'").replace(/[‐‑‒–—―−]/g, "-").replace(/[.,;:!?…،؛؟]+(["')\]]*)$/u, "$1");
  const cut = (text) => text.trim().split(/\s+/u).filter(Boolean).map((word) => ({ word, key: level(word) }));
  const sameWords = (a, b) => a.length === b.length && a.every((token, n) => token.key === b[n].key);

  /* The story page: choosing rows, opening the claim that an address names, citations. */
  const story = (form) => {
    const claims = $$(".row").map((row) => ({ row, group: row.closest(".group"), kinds: (row.dataset.f || "").split(" ") }));
    const groups = $$(".group");
    form.hidden = false;
    for (const count of $$("[data-count]", form)) {
      count.textContent = claims.filter((claim) => !count.dataset.count || claim.kinds.includes(count.dataset.count)).length;
    }
    const apply = () => {
      const { show, only } = form.elements, choosing = Boolean(show.value || only.value);
      let shown = 0;
      for (const { row, kinds } of claims) {
        const fits = (!show.value || kinds.includes(show.value)) && (!only.value || kinds.includes(only.value));
        if (row.hidden === fits) row.hidden = !fits;
        shown += fits;
      }
      for (const group of groups) {
        const fits = claims.some((claim) => claim.group === group && !claim.row.hidden);
        group.hidden = !fits;
        group.open = choosing && fits;
      }
      tell($("#status"), shown, claims.length);
      $("#none").hidden = shown > 0;
      if (!blind) remember({ show: show.value, only: only.value });
    };
    restore(form);
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    if (form.elements.show.value || form.elements.only.value) apply();
    else tell($("#status"), claims.length, claims.length);
    for (const { row } of claims) row.addEventListener("toggle", () => citation(row, form), { once: true });
  };
  /* The claim that the address names is opened before the page moves to it. */
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
      fold.hidden = false;
    }
    target.closest(".row")?.removeAttribute("hidden");
    target.scrollIntoView({ behavior: "instant" });
  };

  const plain = (quote) => {
    const text = quote.cloneNode(true);
    $$("del", text).forEach((element) => element.remove());
    return text.textContent.replace(/\s+/gu, " ").trim();
  };
  /* A claim as plain text: every reading with its article as a reader may quote it, and the permalink. */
  const citation = (row, form) => {
    const card = $(".claim", row), button = make("button", { type: "button", textContent: form.dataset.copy });
    button.addEventListener("click", async () => {
      const sources = new Map($$("#outlets > li").map((item) => [item.dataset.i, blind ? $("[data-n]", item).textContent : item.dataset.cite]));
      const lines = $$(".reading", card).flatMap((reading) => {
        const quote = $("blockquote", reading) || (!$(".withheld", reading) && $(".t", row)); // a text that stands alone is the title
        return quote ? $$("[data-n]", $(".who", reading)).map((holder) => `“${plain(quote)}” ${sources.get(holder.dataset.n)}`) : [];
      });
      const link = new URL("#" + card.id, location.href.replace(/[?#].*$/, "")).href;
      await copy([$(".t", row).textContent.trim(), $("h1").textContent.trim(), ...lines, link].join("\n"));
      button.textContent = form.dataset.copied;
      $("#said").textContent = form.dataset.copied;
      setTimeout(() => { button.textContent = form.dataset.copy; $("#said").textContent = ""; }, 2500);
    });
    $(".perma", card).before(button);
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); }
    catch {
      const field = document.body.appendChild(make("textarea", { value: text }));
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  /* Two articles in parallel columns */
  const parallel = (form) => {
    const view = $("#parallel"), table = $("#columns"), { a, b } = form.elements;
    form.hidden = false;
    if (b.options.length > 2) b.selectedIndex = 1;
    restore(form);
    let links = [];
    const draw = () => bands(view, links);
    const show = () => {
      const all = b.value === "*" || a.value === b.value;
      view.hidden = all;
      table.hidden = !all;
      if (!all) links = fill(view, table, a.selectedOptions[0], b.selectedOptions[0]);
      draw();
      if (!blind) remember({ a: a.value, b: b.value });
    };
    form.addEventListener("change", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    $("#swap").addEventListener("click", () => {
      if (b.value === "*") return;
      [a.value, b.value] = [b.value, a.value];
      show();
    });
    new ResizeObserver(draw).observe(view);
    show();
  };
  const fill = (view, table, left, right) => {
    const columns = [left, right].map((option) => Number(option.dataset.i));
    const isHead = (link) => link.classList.contains("head");
    const rows = $$("tbody tr", table).flatMap((row) => {
      const both = columns.map((column) => $$("a[data-i]", row.cells[column]));
      const states = columns.map((column) => row.cells[column].classList[0]);
      return [true, false].map((head) => Object.assign(both.map((links) => links.filter((link) => isHead(link) === head)), { states }));
    });
    const linked = rows.filter(([x, y]) => x.length && y.length);
    const place = (links) => Number(links[0].dataset.i);
    const kept = new Set(longestRising(linked.sort((p, q) => place(p[0]) - place(q[0])), (pair) => place(pair[1])));
    const items = [0, 1].map((side) => rows.flatMap((pair) => pair[side].map((link, n) => ({
      link, alone: !pair[1 - side].length, other: pair.states[1 - side], anchor: !n && kept.has(pair) && pair[1 - side][0],
    }))).sort((p, q) => p.link.dataset.i - q.link.dataset.i));
    const cells = new Map();
    view.replaceChildren();
    let at = 1;
    const put = (side, item, row) => {
      const source = item.link, cell = source.cloneNode(true), around = source.closest("td");
      cell.className = ["cell", side ? "b" : "", item.alone ? "" : "linked", source.className].filter(Boolean).join(" ");
      if (around.lang) cell.lang = around.lang;
      if (around.dir) cell.dir = around.dir;
      cell.style.gridRow = row;
      cells.set(source, view.appendChild(cell));
    };
    const gap = (side, row, state) => {
      if (!view.dataset[state]) return;
      const cell = make("p", { className: "cell gone" + (side ? " b" : ""), textContent: view.dataset[state] });
      cell.style.gridRow = row;
      view.append(cell);
    };
    [left, right].forEach((option, side) => {
      const title = make("p", { className: "title" + (side ? " b" : ""), textContent: option.textContent });
      title.style.gridRow = 1;
      view.append(title);
    });
    const alone = (side, item) => { put(side, item, ++at); if (item.alone && !isHead(item.link)) gap(1 - side, at, item.other); };
    let j = 0;
    for (const item of items[0]) {
      if (!item.anchor) { alone(0, item); continue; }
      while (j < items[1].length && items[1][j].link !== item.anchor) alone(1, items[1][j++]);
      put(0, item, ++at);
      if (j < items[1].length) put(1, items[1][j++], at);
    }
    while (j < items[1].length) alone(1, items[1][j++]);
    return linked.flatMap((pair) => {
      const words = pair.map((side) => cut(side.map((link) => link.textContent).join(" ")));
      const unsure = ["possible", "part"].find((one) => pair.states.includes(one));
      const state = unsure || (sameWords(...words) ? "same" : "reworded");
      const ends = Array.from({ length: Math.max(pair[0].length, pair[1].length) }, (_, n) => pair.map((side) => side[n] || side.at(-1)));
      return ends.map(([x, y]) => {
        for (const cell of [cells.get(x), cells.get(y)]) {
          cell.classList.add(state);
          if (unsure && !cell.querySelector(".tag")) cell.prepend(make("b", { className: "tag " + unsure, textContent: view.dataset[unsure] }), " ");
        }
        return [cells.get(x), cells.get(y), state];
      });
    });
  };
  /* The longest run of pairs that stand in the same order on both sides (patience sorting). */
  const longestRising = (pairs, value) => {
    const tails = [], before = new Array(pairs.length).fill(-1);
    pairs.forEach((pair, n) => {
      let low = 0, high = tails.length;
      while (low < high) { const middle = (low + high) >> 1; value(pairs[tails[middle]]) < value(pair) ? low = middle + 1 : high = middle; }
      if (low) before[n] = tails[low - 1];
      tails[low] = n;
    });
    const rising = [];
    for (let n = tails.length ? tails.at(-1) : -1; n >= 0; n = before[n]) rising.unshift(pairs[n]);
    return rising;
  };
  const bands = (view, links) => {
    $("svg", view)?.remove();
    if (view.hidden) return;
    const space = "http://www.w3.org/2000/svg", picture = document.createElementNS(space, "svg"), frame = view.getBoundingClientRect();
    picture.setAttribute("aria-hidden", "true");
    for (const [x, y, state] of links) {
      const p = x.getBoundingClientRect(), q = y.getBoundingClientRect(), turned = p.left > q.left;
      const x1 = (turned ? p.left : p.right) - frame.left, x2 = (turned ? q.right : q.left) - frame.left, half = (x1 + x2) / 2;
      const [t1, b1, t2, b2] = [p.top, p.bottom, q.top, q.bottom].map((edge) => edge - frame.top);
      const band = document.createElementNS(space, "path");
      band.setAttribute("class", "band " + state);
      band.setAttribute("d", `M${x1} ${t1}C${half} ${t1} ${half} ${t2} ${x2} ${t2}V${b2}C${half} ${b2} ${half} ${b1} ${x1} ${b1}Z`);
      picture.append(band);
    }
    view.prepend(picture);
  };

  /* The list of stories */
  const stories = (form) => {
    const cards = $$("#cards > li");
    form.hidden = form.parentElement.hidden = false;
    if (["outlet", "tag", "from", "to"].some((name) => query.get(name))) form.parentElement.open = true;
    const apply = () => {
      const value = (name) => form.elements[name]?.value || "";
      let count = 0;
      for (const card of cards) {
        const { outlets, tags, date } = card.dataset;
        const fits = (!value("outlet") || outlets.split(" ").includes(value("outlet"))) && (!value("tag") || tags.split("\n").includes(value("tag"))) &&
          (!value("from") || date >= value("from")) && (!value("to") || (date && date <= value("to")));
        card.hidden = !fits;
        count += fits;
      }
      tell($("#status"), count, cards.length);
      $("#none").hidden = count > 0;
      remember({ outlet: value("outlet"), tag: value("tag"), from: value("from"), to: value("to") });
    };
    restore(form);
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  };

  /* Search over Pagefind's index */
  const search = (form) => {
    const status = $("#status"), list = $("#results"), more = $("#more"), field = form.elements.q;
    let engine, results = [], shown = 0, asked = 0;
    if (location.protocol === "file:") { status.textContent = form.dataset.file; field.disabled = true; return; }
    const load = async () => {
      if (engine) return engine;
      const bundle = new URL(form.dataset.bundle, location.href), baseUrl = new URL(form.dataset.root, location.href).pathname;
      engine = await import(bundle.href);
      await engine.options({ baseUrl, excerptLength: 28 });
      /* A large site is indexed in parts; the first is the bundle itself. */
      const parts = await fetch(new URL("parts.json", bundle)).then((answer) => answer.json()).catch(() => []);
      await Promise.all(parts.filter((part) => part).map((part) => engine.mergeIndex(new URL(part + "/", bundle).href, { baseUrl })));
      return engine;
    };
    const safe = (html) => {
      const out = document.createDocumentFragment();
      for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
        out.append(node.nodeName === "MARK" ? make("mark", { textContent: node.textContent }) : node.textContent);
      }
      return out;
    };
    const page = async (turn) => {
      for (const result of results.slice(shown, shown + 10)) {
        const data = await result.data();
        if (turn !== asked) return;
        const best = data.sub_results?.[0] || data;
        list.append(make("li", {}, make("a", { href: best.url, textContent: data.meta.title }), make("p", {}, safe(best.excerpt))));
      }
      shown += 10;
      more.hidden = shown >= results.length;
    };
    const run = async () => {
      const turn = ++asked, words = field.value.trim();
      remember({ q: words });
      if (!words) { list.replaceChildren(); status.textContent = ""; more.hidden = true; return; }
      try {
        const found = await (await load()).search(words);
        if (turn !== asked) return;
        results = found.results;
        shown = 0;
        list.replaceChildren();
        status.textContent = results.length > 1 ? form.dataset.found.replace("{n}", results.length) : results.length ? form.dataset.one : form.dataset.none;
        await page(turn);
      } catch { status.textContent = form.dataset.missing; }
    };
    let wait;
    field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(run, 200); });
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    more.addEventListener("click", () => page(asked));
    if (query.get("q")) { field.value = query.get("q"); run(); }
  };

  /* Classroom: outlets are A, B, C until somebody reveals them, in running text too. */
  const letter = (n) => (n < 26 ? "" : letter(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));
  const classroom = () => {
    const main = $("main"), list = (text) => (text || "").split("\n"), names = list(main.dataset.names), signs = list(main.dataset.signs), word = main.dataset.outlet + " ";
    const hide = masks(names, signs, (n) => word + letter(n));
    document.documentElement.classList.add("blind");
    document.title = hide(document.title).text;
    for (const sign of $$(".sig, [data-o]")) {
      const at = sign.dataset.o || signs.indexOf(sign.textContent);
      if (at >= 0) sign.textContent = letter(Number(at));
    }
    for (const name of $$("[data-n]")) name.textContent = word + letter(Number(name.dataset.n));
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), blocks = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentNode.closest(".sig, [data-o], [data-n]")) continue;
      const { text } = hide(node.data), block = node.parentNode.closest("p, li, h1, h2, h3, td, th, dd, blockquote, summary, option, text, title") || main;
      if (text !== node.data) node.data = text;
      blocks.has(block) ? blocks.get(block).push(node) : blocks.set(block, [node]);
    }
    for (const nodes of blocks.values()) for (const other of ["del", "ins"]) if (nodes.length > 1) hideAcross(nodes.filter((node) => !node.parentNode.closest(other)), hide);
    for (const element of $$("[aria-label], [title]", main)) for (const name of ["aria-label", "title"]) if (element.hasAttribute(name)) element.setAttribute(name, hide(element.getAttribute(name)).text);
    for (const link of $$("a[href]")) {
      const href = link.getAttribute("href");
      if (link.closest(".top, .foot") || href.startsWith("#")) continue;
      if (/(^|\/)side-by-side\/index\.html/.test(href)) link.setAttribute("href", href.split("?")[0] + "?blind");
      else link.removeAttribute("href");
    }
    const sheet = $("#worksheet");
    if (sheet) sheet.hidden = false;
    const back = new URLSearchParams(query);
    back.delete("blind");
    main.prepend(make("p", { className: "reveal" }, make("span", { textContent: main.dataset.blind || "" }), make("a", { href: "?" + back, textContent: main.dataset.reveal || "" })));
  };

  /* A function from a text to the same without outlets: their names, these without article, "the" and their last word, their signs. */
  const masks = (names, signs, told) => {
    const terms = new Map(), quote = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    const add = (term, n, before = "") => { if (term && !terms.has(before + term)) terms.set(before + term, { pattern: before + quote(term), n, before: before.length }); };
    names.forEach((name, n) => {
      const bare = name.replace(/^(the|la|le|el|il|al|los|las|les|der|die|das) /i, ""), last = bare.split(" ").at(-1);
      add(name, n);
      if (bare.length > 3) add(bare, n);
      for (const the of ["the ", "The "]) if (last !== bare) add(last, n, the);
    });
    signs.forEach((sign, n) => { if (sign.length > 1) add(sign, n); });
    const all = [...terms.values()].sort((x, y) => y.pattern.length - x.pattern.length);
    const wanted = all.length ? new RegExp(all.map(({ pattern }) => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`).join("|"), "gu") : /(?!)/g;
    return (text) => {
      const found = [];
      const hidden = text.replace(wanted, (term, at) => {
        const { n, before } = terms.get(term);
        found.push([at + before, at + term.length, told(n)]);
        return term.slice(0, before) + told(n);
      });
      return { text: hidden, found };
    };
  };
  /* A name that edits cut into several elements, in the old words or the new: what stands for it goes into the first of them. */
  const hideAcross = (nodes, hide) => {
    for (const [start, end, instead] of hide(nodes.map((node) => node.data).join("")).found.reverse()) {
      let at = 0, put = instead;
      for (const node of nodes) {
        const from = Math.max(start - at, 0), to = Math.min(end - at, node.length), next = at + node.length;
        if (from < to) { node.replaceData(from, to - from, put); put = ""; }
        at = next;
      }
    }
  };

  const start = (selector, work) => { const found = $(selector); if (found) work(found); };
  $$(".js").forEach((element) => { element.hidden = false; });
  if (blind) classroom(); // first: citations and menus then only know letters
  start("#tools", story);
  start("#pair", parallel);
  start("#filter", stories);
  start("#find", search);
  if ($(".row")) { reveal(); addEventListener("hashchange", reveal); }
})();
