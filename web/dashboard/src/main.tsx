/** Starts the dashboard: preferences first, so that nothing flashes in the wrong colour or language. */

import { render } from "preact";
import { Account } from "./account/account.ts";
import { App } from "./App.tsx";
import { connect } from "./connect.ts";
import { loadPreferences, showTheme } from "./preferences.ts";
import { loadTranslator } from "./text.ts";

const preferences = loadPreferences();
showTheme(preferences.theme);

const client = connect();
const account = new Account(client);
const [words] = await Promise.all([loadTranslator(preferences.language), account.resume()]);

render(
  <App client={client} account={account} preferences={preferences} words={words} />,
  document.getElementById("app")!,
);
