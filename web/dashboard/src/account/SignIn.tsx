/** The door: sign-in, and the set-up of the first agent by a link that works once. */

import { ApiError } from "@deskbell/client";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../hooks.ts";
import { replace } from "../router.ts";
import { ForwardIcon, Mark } from "../shapes.tsx";
import type { TextKey } from "../text.ts";
import type { Account } from "./account.ts";

export function SignIn({ account }: { account: Account }) {
  const words = useWords();
  const door = useDoor((data) => account.signIn(credentials(data)), "signInWrong");
  return (
    <Door title={words.text("signIn")} lead={words.text("signInLead")}>
      <DoorForm door={door} submit="signIn" busy="signInBusy" testId="sign-in-submit">
        <EmailField door={door} />
        <PasswordField door={door} autoComplete="current-password" />
      </DoorForm>
    </Door>
  );
}

export function SetUp({ account, token }: { account: Account; token: string }) {
  const words = useWords();
  const door = useDoor(async (data) => {
    await account.setUp({ token, name: String(data.get("name")).trim(), ...credentials(data) });
    replace({ place: "list", archived: false });
  }, "setUpUsed");
  return (
    <Door title={words.text("setUp")} lead={words.text("setUpLead")}>
      <DoorForm door={door} submit="setUpSubmit" busy="setUpBusy" testId="set-up-submit">
        <NameField door={door} />
        <EmailField door={door} />
        <PasswordField door={door} autoComplete="new-password" hint="passwordHint" />
      </DoorForm>
    </Door>
  );
}

interface DoorState {
  busy: boolean;
  problem: TextKey | null;
  /** The field that the server did not like. */
  field: string | null;
  submit(event: SubmitEvent): Promise<void>;
}

/** Submits once at a time; `refused` says what a 401, 403 or 404 means at this door. */
function useDoor(enter: (data: FormData) => Promise<void>, refused: TextKey): DoorState {
  const [state, setState] = useState<Omit<DoorState, "submit">>({
    busy: false,
    problem: null,
    field: null,
  });
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (state.busy) return;
    setState({ busy: true, problem: null, field: null });
    try {
      await enter(new FormData(event.currentTarget as HTMLFormElement));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const field = error.status === 422 ? String(error.data["field"] ?? "") : null;
      setState({ busy: false, problem: problemOf(error, field, refused), field });
    }
  }
  return { ...state, submit };
}

function problemOf(error: ApiError, field: string | null, refused: TextKey): TextKey {
  if (field === "email") return "invalidEmail";
  if (field === "name") return "invalidName";
  if (field === "password") return "invalidPassword";
  if (error.status === 429) return "rateLimited";
  return error.transient ? "unreachable" : refused;
}

function credentials(data: FormData) {
  return { email: String(data.get("email")).trim(), password: String(data.get("password")) };
}

function Door({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ComponentChildren;
}) {
  return (
    <main class="door">
      <div class="door-card">
        <div class="brand">
          <Mark />
          Deskbell
        </div>
        <h1>{title}</h1>
        <p>{lead}</p>
        {children}
      </div>
    </main>
  );
}

interface DoorFormProps {
  door: DoorState;
  submit: TextKey;
  busy: TextKey;
  testId: string;
  children: ComponentChildren;
}

function DoorForm({ door, submit, busy, testId, children }: DoorFormProps) {
  const words = useWords();
  return (
    <form class="door-form" aria-busy={door.busy} onSubmit={door.submit}>
      {children}
      {door.problem && (
        <p class="notice" role="alert">
          {words.text(door.problem)}
        </p>
      )}
      <button class="door-submit" data-testid={testId} disabled={door.busy}>
        {words.text(door.busy ? busy : submit)}
        <ForwardIcon size={19} />
      </button>
    </form>
  );
}

interface FieldProps {
  label: TextKey;
  hint?: TextKey;
  children: ComponentChildren;
}

function Field({ label, hint, children }: FieldProps) {
  const words = useWords();
  return (
    <label class="door-field">
      <span>{words.text(label)}</span>
      {children}
      {hint && <small>{words.text(hint)}</small>}
    </label>
  );
}

function NameField({ door }: { door: DoorState }) {
  return (
    <Field label="name">
      <input
        name="name"
        type="text"
        autoComplete="name"
        required
        dir="auto"
        aria-invalid={door.field === "name"}
        data-testid="set-up-name"
      />
    </Field>
  );
}

function EmailField({ door }: { door: DoorState }) {
  return (
    <Field label="email">
      <input
        name="email"
        type="email"
        autoComplete="username"
        required
        dir="ltr"
        aria-invalid={door.field === "email"}
        data-testid="sign-in-email"
      />
    </Field>
  );
}

interface PasswordProps {
  door: DoorState;
  autoComplete: "current-password" | "new-password";
  hint?: TextKey;
}

function PasswordField({ door, autoComplete, ...rest }: PasswordProps) {
  return (
    <Field label="password" {...rest}>
      <input
        name="password"
        type="password"
        autoComplete={autoComplete}
        required
        minLength={autoComplete === "new-password" ? 8 : undefined}
        maxLength={128}
        dir="ltr"
        aria-invalid={door.field === "password"}
        data-testid="sign-in-password"
      />
    </Field>
  );
}
