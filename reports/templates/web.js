(() => {
  const find = (id) => document.getElementById(id);
  const form = find("filter");
  const count = find("count");
  const none = find("none");
  const items = [...document.querySelectorAll(".item")];
  const filters = { account: find("f-account"), when: find("f-when"), part: find("f-part") };
  const size = (list) => list.reduce((sum, item) => sum + Number(item.dataset.size), 0);
  const words = (n) => n.toLocaleString("en-GB");

  function apply() {
    for (const item of items) {
      item.hidden = !Object.entries(filters).every(
        ([name, select]) => !select.value || item.dataset[name].split(" ").includes(select.value),
      );
    }
    const shown = items.filter((item) => !item.hidden);
    count.textContent =
      shown.length === items.length
        ? `Showing all ${words(size(items))} things to do.`
        : `Showing ${words(size(shown))} of ${words(size(items))} things to do.`;
    none.hidden = shown.length > 0;
  }

  function reveal() {
    const target = location.hash && find(location.hash.slice(1));
    if (target && target.hidden) {
      form.reset();
      apply();
      target.scrollIntoView();
    }
  }

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  if (!form) return;
  form.hidden = false;
  for (const [name, select] of Object.entries(filters)) {
    const wanted = new URLSearchParams(location.search).get(name);
    if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
    select.addEventListener("change", apply);
  }
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  apply();
  reveal();
})();
