addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("filter");
  if (!box) return;
  box.hidden = false;
  const plain = (text) => text.normalize("NFKD").replace(/[\u064b-\u065f\u0670\u0640]/g, "").toLowerCase();
  const cards = [...document.querySelectorAll(".card")].map((card) => [card, plain(card.textContent)]);
  box.addEventListener("input", () => {
    const wanted = plain(box.value);
    for (const [card, text] of cards) card.hidden = !text.includes(wanted);
  });
});
