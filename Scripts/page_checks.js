// Run in the page by page_checks.py; each function gives the faults it finds as short texts.
({
  openTables(open) {
    for (const part of document.querySelectorAll("details")) part.open = open;
  },

  // Wider than the window, but for what scrolls on its own.
  overflow(width) {
    const faults = [];
    if (document.documentElement.scrollWidth > width)
      faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const element of document.body.querySelectorAll("*")) {
      if (element.closest(".scroll, .skip") && !element.matches(".scroll")) continue;
      if (element.ownerSVGElement) continue;
      const box = element.getBoundingClientRect();
      if (box.width > 0 && box.right > width + 0.5)
        faults.push(`${element.localName}.${element.className} ends at ${Math.round(box.right)} px`);
    }
    return faults;
  },

  // The corners of a text as it stands, turned or not.
  corners(text) {
    const box = text.getBBox(), place = text.getScreenCTM();
    return [[0, 0], [1, 0], [1, 1], [0, 1]].map(([x, y]) => {
      const point = new DOMPoint(box.x + x * box.width, box.y + y * box.height);
      return point.matrixTransform(place);
    });
  },

  // Two rectangles meet unless a line along one of their edges keeps them apart.
  meet(first, second) {
    for (const [a, b] of [[first[0], first[1]], [first[1], first[2]], [second[0], second[1]],
      [second[1], second[2]]]) {
      const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      const along = (p) => (p.x * (b.x - a.x) + p.y * (b.y - a.y)) / length;
      const [one, two] = [first.map(along), second.map(along)];
      if (Math.min(...one) > Math.max(...two) - 0.5) return false;
      if (Math.min(...two) > Math.max(...one) - 0.5) return false;
    }
    return true;
  },

  texts() {
    const faults = [];
    for (const drawing of document.querySelectorAll("svg")) {
      const frame = drawing.getBoundingClientRect();
      if (frame.width === 0) continue;
      const texts = [...drawing.querySelectorAll("text")].map((t) => [t, this.corners(t)]);
      texts.forEach(([text, corners], place) => {
        if (corners.some((p) => p.x < frame.left - 1 || p.x > frame.right + 1
          || p.y < frame.top - 1 || p.y > frame.bottom + 1))
          faults.push(`“${text.textContent}” leaves its drawing`);
        for (const [other, there] of texts.slice(place + 1))
          if (this.meet(corners, there))
            faults.push(`“${text.textContent}” meets “${other.textContent}”`);
      });
    }
    return faults;
  },

  // What stands in a row does not lie on its neighbour.
  rows() {
    const faults = [];
    for (const row of document.querySelectorAll(".row")) {
      const boxes = [...row.children].map((part) => [part, part.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && box.height > 0);
      boxes.forEach(([part, a], place) => {
        if (part.localName !== "svg" && part.scrollWidth > part.clientWidth + 1)
          faults.push(`“${part.textContent}” is wider than its place`);
        for (const [other, b] of boxes.slice(place + 1))
          if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5
            && b.top < a.bottom - 0.5)
            faults.push(`“${part.textContent}” lies on “${other.textContent}”`);
      });
    }
    return faults;
  },

  luminance(color) {
    const [red, green, blue] = color.match(/[\d.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  },

  // axe-core does not look at what a text in a drawing stands on.
  contrast() {
    const faults = new Set();
    for (const text of document.querySelectorAll("svg text.in")) {
      const box = text.getBoundingClientRect();
      const middle = box.left + box.width / 2;
      const under = [...text.ownerSVGElement.querySelectorAll("rect")].filter((rect) => {
        const there = rect.getBoundingClientRect();
        return there.left <= middle && middle <= there.right;
      }).pop();
      if (!under) continue;
      const [a, b] = [text, under].map((part) => this.luminance(getComputedStyle(part).fill));
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5)
        faults.add(`${text.getAttribute("class")} on ${under.getAttribute("class")}: `
          + `${ratio.toFixed(2)} to 1`);
    }
    return [...faults];
  },

  // On paper nothing scrolls, and what is taller than a page is cut.
  print(width, height) {
    const faults = [];
    for (const drawing of document.querySelectorAll("svg")) {
      const box = drawing.getBoundingClientRect();
      if (box.width === 0) continue;
      const name = drawing.getAttribute("aria-label").slice(0, 60);
      if (box.right > width + 1) faults.push(`“${name}” is cut on the right`);
      if (box.height > height) faults.push(`“${name}” is taller than a page`);
      const kept = drawing.closest(".row") ?? drawing;
      if (getComputedStyle(kept).breakInside !== "avoid") faults.push(`“${name}” may be cut in two`);
    }
    return faults;
  },

  // What is promised of the page's parts: see what is linked, and what each chart has below it.
  parts() {
    const faults = [];
    for (const item of document.querySelectorAll(".findings li"))
      if (!item.querySelector("a")) faults.push(`no link: “${item.textContent.trim()}”`);
    for (const link of document.querySelectorAll("a"))
      if (!document.getElementById(link.getAttribute("href").slice(1)))
        faults.push(`leads nowhere: “${link.textContent}”`);
    for (const part of document.querySelectorAll("section"))
      if (part.querySelector("svg") && !part.querySelector("details table"))
        faults.push(`charts without a table: ${part.id}`);
    return faults;
  },

  // axe-core takes minutes over thousands of cells that are all alike: the first of each stay.
  shorten() {
    for (const list of document.querySelectorAll("tbody, .rows"))
      for (const item of [...list.children].slice(4)) item.remove();
    for (const row of document.querySelectorAll("tr"))
      for (const cell of [...row.children].slice(8)) cell.remove();
    for (const drawing of document.querySelectorAll("svg.fixed"))
      for (const part of [...drawing.children].slice(40)) part.remove();
  },

  async accessibility() {
    this.shorten();
    const { violations } = await axe.run(document, { preload: false, resultTypes: ["violations"] });
    return violations.map((fault) =>
      `${fault.impact} ${fault.id}: ${fault.help}; ${fault.nodes.length} places, first `
      + fault.nodes[0].html.slice(0, 120));
  },
})
