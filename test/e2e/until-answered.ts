/** Asks until somebody listens there, whatever the answer is. */
export async function untilAnswered(url: string, timeoutMs = 20_000): Promise<Response> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** Asks until nobody listens there any more; false if somebody still does after the time. */
export async function untilGone(url: string, timeoutMs = 5_000): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const answer = await fetch(url, { headers: { connection: 'close' } }).catch(() => undefined);
    if (answer === undefined) return true;
    await answer.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}
