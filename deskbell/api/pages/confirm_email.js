/** The page behind the link of the mail that asks for an address: one button, one call. */

const token = new URLSearchParams(location.hash.slice(1)).get("token");

const button = document.querySelector("button");

function show(name) {
  if (name === "done" || name === "old") {
    // Whoever looks over a shoulder or at the history later finds nothing to use. Not before: after a
    // failure, or a reload, the page has to know what it is about.
    history.replaceState(null, "", location.pathname);
  }
  for (const part of ["ask", "done", "old", "failed"]) {
    // After a failure the button stays: the same click may work in a moment.
    document.getElementById(part).hidden = part !== name && !(part === "ask" && name === "failed");
  }
}

async function confirm() {
  const response = await fetch("confirm_email", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  if (response.ok) return "done";
  return [401, 404, 422].includes(response.status) ? "old" : "failed";
}

button.addEventListener("click", async () => {
  button.disabled = true;
  show(await confirm().catch(() => "failed"));
  button.disabled = false;
});

if (!token) show("old");
