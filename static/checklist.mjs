/* The form of a question: what does not fit the type of answer is put away; what was typed there stays. */
const form = document.querySelector("form[data-question]");
const type = form?.querySelector("[name=answer_type]");

function fit() {
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(type.value);
}

if (type) {
  type.addEventListener("change", fit);
  fit();
}
