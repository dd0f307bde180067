/** What a worker does when it is asked to: by name, each with one argument that can be sent. */
export type Duties<Known> = { readonly [Name in keyof Known]: (content: never) => Promise<unknown> };

export type Asked<Duty> = Duty extends (content: infer Content) => Promise<unknown> ? Content : never;
export type Answered<Duty> = Duty extends (content: never) => Promise<infer Answer> ? Answer : never;
