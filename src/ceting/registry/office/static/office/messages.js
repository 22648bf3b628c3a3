// "Salin pesan": into the clipboard, and the button says so. Without a clipboard the text is marked, to copy by hand.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  const done = () => {
    button.querySelector("span").textContent = button.dataset.copied;
  };
  text.focus();
  text.select();
  if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(done, () => {});
});
