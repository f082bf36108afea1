// Applies a choice in the filter form at once, and omits empty fields from the address.

export function enhanceFilter(root) {
  const form = root.querySelector("#filter");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(address(form));
  });
  form.querySelector("select[name=compare]")?.addEventListener("change", () => location.assign(address(form)));
  for (const input of form.querySelectorAll("input[list]")) {
    input.addEventListener("change", () => {
      const listed = [...input.list.options].some((option) => option.value === input.value);
      if (listed || input.value === "") location.assign(address(form));
    });
  }
}

function address(form) {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "") values.append(name, value);
  }
  if (values.has("from") || values.has("to")) values.delete("range");
  const query = values.toString();
  return form.getAttribute("action") + (query ? "?" + query : "");
}
