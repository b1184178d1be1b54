'use client';
// E-mail and password. What was refused is said in the server's own sentence, beside the fields.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Logo } from '@/components/ui/logo';
import { signInElsewhere, signInWithPassword } from './sign';
import classes from './sign-in-form.module.css';

const UNREACHABLE = 'The server does not answer. Check that it is running, then try again.';

/** The refusal's sentence out of `code|sentence`. */
function sentenceOf(error: string): string {
  const at = error.indexOf('|');
  return at === -1
    ? 'Signing in failed on the server. Try again; if it stays so, look at its log.'
    : error.slice(at + 1);
}

/** Why the issuer's sign-in ended here again. */
function refusalOf(code: string): string {
  switch (code) {
    case 'oidc_user_unknown':
      return 'Nobody here has the e-mail address that this identity proves. Ask an administrator for an account.';
    case 'oidc_account_taken':
      return 'The account with this e-mail address belongs to another identity of the same issuer. Ask an administrator.';
    default:
      return 'Signing in there did not come to an end. Try again, or sign in with e-mail and password.';
  }
}

/** Signs in and goes on to `next`, a path of this site. */
export function SignInForm({
  next,
  oidc,
  refused,
}: {
  next: string;
  /** The issuer through which people may sign in as well. */
  oidc: { provider: string; name: string } | null;
  /** The code with which its sign-in was refused. */
  refused: string | null;
}) {
  const [problem, setProblem] = useState<string | null>(refused === null ? null : refusalOf(refused));
  const [busy, setBusy] = useState(false);
  const submit = async (form: FormData) => {
    setBusy(true);
    setProblem(null);
    const refusal = await signInWithPassword(String(form.get('email')), String(form.get('password'))).then(
      (error) => (error === null ? null : sentenceOf(error)),
      () => UNREACHABLE,
    );
    if (refusal === null) {
      window.location.assign(next);
      return;
    }
    setProblem(refusal);
    setBusy(false);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void submit(new FormData(event.currentTarget));
  };
  return (
    <div className={classes.card}>
      <div className={classes.brand}>
        <Logo size={28} />
        <h1>Sign in to Tidegate</h1>
      </div>
      <form onSubmit={onSubmit} className={classes.form} method="post" aria-describedby="sign-in-problem">
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <div id="sign-in-problem" role="alert">
          {problem === null ? null : (
            <p className={classes.problem}>
              <IconAlertTriangle size={15} aria-hidden />
              <span>{problem}</span>
            </p>
          )}
        </div>
        <Button type="submit" loading={busy} fullWidth>
          Sign in
        </Button>
      </form>
      {oidc === null ? null : (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          onClick={() => void signInElsewhere(oidc.provider, next).catch(() => setProblem(UNREACHABLE))}
        >
          Sign in with {oidc.name}
        </Button>
      )}
      <p className={classes.hint}>The first start prints the administrator’s address and password.</p>
    </div>
  );
}
