import { hash } from 'node:crypto';
import { Html, html } from './html.ts';

/** A whole page, with the headers that it must be sent with. */
export interface Page {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const style = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fff; --ground: #eef1f5; --line: #c3cad5; --accent: #1f5fbf; --bad: #a3201d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebf0; --paper: #1b2129; --ground: #11151b; --line: #46505e; --accent: #8ab4f8; --bad: #ff9d96; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: .75rem; }
h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.25; }
h2 { margin: 1rem 0 .25rem; font-size: 1rem; }
p, ul { margin: 0 0 1rem; }
main > p:last-child { margin-bottom: 0; }
ul { padding-left: 1.25rem; }
code { overflow-wrap: anywhere; }
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input[type=text], input[type=password] { width: 100%; margin-bottom: 1rem; padding: .625rem .75rem; font: inherit;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
button, .button { display: block; width: 100%; margin-top: .5rem; padding: .625rem 1rem; font: inherit; font-weight: 600;
  line-height: 1.25; text-align: center; text-decoration: none; overflow-wrap: anywhere; cursor: pointer;
  border: 1px solid var(--accent); border-radius: .5rem; background: var(--accent); color: var(--paper); }
button.plain, .button.plain { background: transparent; color: var(--accent); }
button.quiet { border-color: transparent; }
.or { margin: 1rem 0; text-align: center; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.error { padding: .75rem; border: 1px solid var(--bad); border-radius: .5rem; color: var(--bad); }
`;

const styleSource = `'sha256-${hash('sha256', style, 'base64')}'`;

/**
 * @param formTargets where forms of the page may lead besides the provider itself: browsers hold redirects that follow
 *   a form to this as well
 */
export function page(title: string, content: Html, formTargets: readonly string[] = []): Page {
  const formAction = ["'self'", ...formTargets].join(' ');
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return { headers: headersFor(formAction), body: body.text };
}

function headersFor(formAction: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src ${styleSource}`,
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  };
}

/** What a redirect URI is in the words of a content security policy: an origin, or a scheme of an app's own. */
export function formTarget(redirectUri: string): string {
  const url = URL.parse(redirectUri);
  if (url === null) return "'none'";
  return url.origin === 'null' ? url.protocol : url.origin;
}
