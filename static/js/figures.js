/* A figure as a picture file: what is drawn on the page, with its finding, measure and base in it. */

const MARGIN = 24;
const LINE = 20;
const SCALE = 2;
const COPIED = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family", "text-anchor", "opacity", "paint-order", "stroke-linejoin"];

for (const button of document.querySelectorAll("[data-png]")) {
  const figure = button.closest("[data-figure]");
  if (!figure.querySelector("svg[data-picture]")) continue;
  button.hidden = false;
  button.addEventListener("click", () => save(figure));
}

async function save(figure) {
  const drawn = figure.querySelector("svg[data-picture]");
  const box = drawn.viewBox.baseVal;
  const width = Math.max(box.width, 560);
  const context = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  const head = [
    ...wrapped(context, `600 16px ${family}`, figure.dataset.title, width),
    ...wrapped(context, `400 13px ${family}`, figure.dataset.measure, width),
  ];
  const foot = wrapped(context, `400 12px ${family}`, figure.dataset.base, width);
  const top = MARGIN + head.length * LINE + LINE / 2;
  const height = top + (box.height * width) / box.width + LINE + foot.length * LINE + MARGIN;
  const canvas = context.canvas;
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = height * SCALE;
  context.scale(SCALE, SCALE);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width + 2 * MARGIN, height);
  context.fillStyle = getComputedStyle(document.body).color;
  write(context, head, MARGIN);
  context.drawImage(await pictureOf(drawn, width), MARGIN, top, width, (box.height * width) / box.width);
  write(context, foot, height - MARGIN - foot.length * LINE);
  const link = document.createElement("a");
  link.download = `povreg-${figure.dataset.figure}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

/* The styles of the page do not reach into an image: each element takes its own along. */
async function pictureOf(drawn, width) {
  const copy = drawn.cloneNode(true);
  const from = drawn.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, at) => {
    const style = getComputedStyle(from[at]);
    for (const name of COPIED) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
  });
  const box = drawn.viewBox.baseVal;
  copy.setAttribute("width", width);
  copy.setAttribute("height", (box.height * width) / box.width);
  const text = new XMLSerializer().serializeToString(copy);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  return image;
}

function wrapped(context, font, text, width) {
  context.font = font;
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (context.measureText(longer).width > width && line) {
      lines.push({ font, text: line });
      line = word;
    } else line = longer;
  }
  return [...lines, { font, text: line }];
}

function write(context, lines, top) {
  lines.forEach(({ font, text }, at) => {
    context.font = font;
    context.fillText(text, MARGIN, top + at * LINE + 14);
  });
}
