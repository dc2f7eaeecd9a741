/** Which page is shown: the door, or the desk behind it; holds language and appearance. */

import type { AdminClient } from "@deskbell/client";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Account } from "./account/account.ts";
import { SetUp, SignIn } from "./account/SignIn.tsx";
import { Desk } from "./Desk.tsx";
import { useStore, Words } from "./hooks.ts";
import { Blank } from "./Blank.tsx";
import { type Preferences, savePreferences, showTheme } from "./preferences.ts";
import { useRoute } from "./router.ts";
import { loadTranslator, type Translator } from "./text.ts";

interface Props {
  client: AdminClient;
  account: Account;
  preferences: Preferences;
  words: Translator;
}

export function App({ client, account, ...first }: Props) {
  const [preferences, setPreferences] = useState(first.preferences);
  const [words, setWords] = useState(first.words);

  useLayoutEffect(() => {
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
    document.title = words.text("supportChats");
  }, [words]);

  async function prefer(change: Partial<Preferences>) {
    const next = { ...preferences, ...change };
    setPreferences(next);
    savePreferences(next);
    showTheme(next.theme);
    if (change.language) setWords(await loadTranslator(change.language));
  }

  return (
    <Words.Provider value={words}>
      <Page client={client} account={account} preferences={preferences} prefer={prefer} />
    </Words.Provider>
  );
}

interface PageProps extends Omit<Props, "words"> {
  prefer(change: Partial<Preferences>): void;
}

function Page({ client, account, ...choice }: PageProps) {
  const state = useStore(account);
  const route = useRoute();
  if (route.place === "set-up") return <SetUp account={account} token={route.token} />;
  switch (state.status) {
    case "signed-in":
      return <Desk client={client} account={account} user={state.user} route={route} {...choice} />;
    case "signed-out":
      return <SignIn account={account} />;
    case "unreachable":
      return <Blank title="unreachable" retry={() => void account.resume()} />;
    case "loading":
      return <Blank title="loading" />;
  }
}
