/** An event as a stream of the media type `text/event-stream` carries it (https://html.spec.whatwg.org/#server-sent-events). */
export interface ServerSentEvent {
  readonly type: string;
  readonly data: string;
  /** The last `id` of the stream so far; empty at first. */
  readonly lastId: string;
}

/** @param lastId left out, it stays what it was; it must not hold a line break */
export function writeServerSentEvent(type: string, data: string, lastId?: string): string {
  const lines = data.split('\n').map((line) => `data: ${line}\n`);
  return `${lastId === undefined ? '' : `id: ${lastId}\n`}event: ${type}\n${lines.join('')}\n`;
}

/** Reads a stream in whatever pieces it comes. An event that is cut off is none. */
export class ServerSentEventReader {
  readonly #maxLength: number;
  /** Refuses bytes that are not UTF-8, where the specification would replace them: nobody honest sends them. */
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #line = '';
  #endedWithReturn = false;
  #type = '';
  #data: string[] = [];
  #length = 0;
  #lastId = '';

  /** @param maxLength of an event, in characters */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** @returns the events that this piece completes; undefined where the stream is not to be read on */
  read(piece: Uint8Array): readonly ServerSentEvent[] | undefined {
    const text = this.#decode(piece);
    if (text === undefined) return undefined;
    const events: ServerSentEvent[] = [];
    const [first = '', ...lines] = text.split(/\r\n|\n|\r/);
    this.#line += first;
    for (const next of lines) {
      if (this.#line === '') this.#dispatch(events);
      else this.#take(this.#line);
      this.#line = next;
    }
    return this.#length + this.#line.length > this.#maxLength ? undefined : events;
  }

  /** A return and a line feed end one line, also where one piece ends between them. */
  #decode(piece: Uint8Array): string | undefined {
    try {
      const text = this.#decoder.decode(piece, { stream: true });
      const fresh = this.#endedWithReturn && text.startsWith('\n') ? text.slice(1) : text;
      if (text !== '') this.#endedWithReturn = text.endsWith('\r');
      return fresh;
    } catch {
      return undefined;
    }
  }

  #take(line: string): void {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    this.#length += line.length;
    if (name === 'event') this.#type = value;
    else if (name === 'data') this.#data.push(value);
    else if (name === 'id' && !value.includes('\0')) this.#lastId = value;
  }

  #dispatch(events: ServerSentEvent[]): void {
    const data = this.#data.join('\n');
    if (data !== '') events.push({ type: this.#type || 'message', data, lastId: this.#lastId });
    this.#type = '';
    this.#data = [];
    this.#length = 0;
  }
}
