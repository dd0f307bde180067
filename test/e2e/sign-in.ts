/** A browser without a screen: keeps cookies, follows redirects until one leaves the provider, fills in forms. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** @returns the page, or the URL outside of `origin` that it was sent to */
  async open(url: string, origin: string, form?: URLSearchParams): Promise<{ html: string; url: string } | URL> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const location = response.headers.get('location');
    if (location === null) return { html: await response.text(), url };
    const next = new URL(location, url);
    return next.origin === origin ? this.open(next.href, origin) : next;
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** Fills in the first form of a page: its hidden fields, and what is given. */
export function fillIn(
  page: { html: string; url: string },
  values: Record<string, string>,
): { url: string; form: URLSearchParams } {
  const [whole = '', opening = ''] = /(<form[^>]*>)[\s\S]*?<\/form>/.exec(page.html) ?? [];
  const form = new URLSearchParams(values);
  for (const [input] of whole.matchAll(/<(?:input|button)[^>]*>/g)) {
    const name = attribute(input, 'name');
    if (name !== undefined && !form.has(name) && attribute(input, 'value') !== undefined) {
      form.set(name, attribute(input, 'value') ?? '');
    }
  }
  return { url: new URL(attribute(opening, 'action') ?? page.url, page.url).href, form };
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');
}
