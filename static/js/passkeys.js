// Passkeys: wires the forms marked with data-passkey to django-allauth's own functions.
// Without JavaScript the forms stay what they are, and the page says so.
document.addEventListener("DOMContentLoaded", () => {
  const kinds = { login: "loginForm", add: "addForm", authenticate: "authenticateForm" };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const kind = form.dataset.passkey;
    const box = form.querySelector("[name=passwordless]");
    const ids = {
      [kind]: form.querySelector("button").id,
      credential: form.querySelector("[name=credential]").id,
      passwordless: box ? box.id : undefined,
    };
    const data = form.dataset.options ? JSON.parse(form.dataset.options) : undefined;
    window.allauth.webauthn.forms[kinds[kind]]({ ids, data });
  }
});

// Stopping halfway is no error: say what to do, quietly.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll("[data-passkey-trouble]")) words.hidden = false;
});
