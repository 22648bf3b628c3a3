// Runs before the first paint, so that a page doesn't flash in the wrong theme; everything else waits in ui.js.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("ui-theme");
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
  } catch (error) {
    // A browser that refuses storage follows the device.
  }
})();
