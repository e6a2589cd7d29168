// Leaving at once: the page goes blank, and "back" doesn't lead to it again. Without JavaScript it is an ordinary link.
document.querySelectorAll("[data-leave]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.title = "\u00a0";
    document.body.hidden = true;
    window.location.replace(link.href);
  });
});
