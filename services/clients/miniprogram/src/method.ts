// What generated code says about messages and methods.

/** A message type: its place among the tables of its API. */
export interface MessageType<T> {
  readonly tables: readonly string[];
  readonly index: number;
  /** Only for the compiler: it is never set. */
  readonly type?: T;
}

interface AnyMethod {
  /** As in the proto, for instance GetOffer. */
  readonly name: string;
  /** Places of the two messages among the tables. */
  readonly request: number;
  readonly response: number;
  /** The proto marks it as idempotent, or as free of side effects. */
  readonly repeatable?: boolean;
}

/** One request, one answer. */
export interface Method<I, O> extends AnyMethod {
  readonly stream?: undefined;
  readonly types?: [I, O];
}

/** One request, any number of answers. */
export interface StreamMethod<I, O> extends AnyMethod {
  readonly stream: true;
  readonly types?: [I, O];
}

/** A service as generated code has it. */
export interface Service {
  readonly name: string;
  readonly tables: readonly string[];
  readonly methods: {
    readonly [name: string]:
      Method<unknown, unknown> | StreamMethod<unknown, unknown>;
  };
}
