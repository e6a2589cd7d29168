// Leaving at once: the page goes blank, and "back" doesn't lead to it again. Without JavaScript it is an ordinary link.
document.querySelectorAll("[data-leave]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.title = "\u00a0";
    document.body.hidden = true;
    window.location.replace(link.href);
  });
});
// A page that the browser kept in memory stays blank when someone goes back to it.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.body.hidden) window.location.reload();
});
