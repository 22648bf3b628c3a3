// On a narrow screen the chart begins at the last point; a tapped point says what it means.

for (const scroll of document.querySelectorAll("[data-chart]")) {
  const latest = scroll.querySelector(".mark.latest");
  if (latest) {
    const frame = scroll.getBoundingClientRect();
    const point = latest.getBoundingClientRect();
    scroll.scrollLeft += point.left + point.width / 2 - (frame.left + frame.width * 0.66);
  }
  const reading = scroll.closest("figure")?.querySelector("[data-chart-reading]");
  scroll.addEventListener("click", (event) => {
    const words = event.target instanceof Element ? event.target.closest(".mark")?.querySelector("title") : null;
    if (words && reading) {
      reading.textContent = words.textContent;
    }
  });
}
