// Words typed into one form are lost when another form is sent or the page is left: the browser asks first. Nothing is
// kept here. A form that came back from the server with words that aren't recorded yet says so: data-unrecorded.
const NO_WORDS = ["hidden", "radio", "checkbox", "submit", "button", "image", "reset", "password", "file"];
let sent = null;
let calling = false;

const holdsWords = (field) =>
  (field.localName === "textarea" || (field.localName === "input" && !NO_WORDS.includes(field.type))) &&
  !field.readOnly &&
  field.value.trim() !== "" &&
  ("unrecorded" in field.form.dataset || field.value !== field.defaultValue);

const stayed = () => {
  sent = null;
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent); // submit-once.js
};

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent = event.target;
});
document.addEventListener("input", () => {
  sent = null;
});
// A telephone number or a mail address opens another program, and some browsers take that for leaving.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  calling = link !== null && !link.protocol.startsWith("http");
});
window.addEventListener("beforeunload", (event) => {
  const forms = [...document.forms].filter((form) => form !== sent && form.getAttribute("method") === "post");
  if (calling || !forms.some((form) => [...form.elements].some(holdsWords))) return;
  event.preventDefault();
  event.returnValue = ""; // older browsers
  setTimeout(stayed, 0); // runs once the question is answered
});
