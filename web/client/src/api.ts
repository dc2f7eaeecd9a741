/** REST: one call with the bearer token, and every refusal as one typed error. */

import type { Session } from "./session.ts";

/** `code` is the server's own, or `network` (nothing came back) or `http` (not our error shape). */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string = code,
    readonly data: Record<string, unknown> = {},
    /** Seconds the server asked to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }

  /** Worth the same call again later: nothing was wrong with what was asked. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** Nobody may do this with the identity at hand. */
  get signedOut(): boolean {
    return this.status === 401;
  }
}

export interface CallOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: object;
  token?: string;
}

export type Fetch = typeof fetch;

/** `base` is the mount point with a slash at its end; `path` is relative to it. */
export async function call<T>(
  base: string,
  path: string,
  { method = "GET", body, token }: CallOptions = {},
  fetcher: Fetch = fetch,
): Promise<T> {
  const headers: Record<string, string> = {};
  if (token) headers["Authorization"] = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers, cache: "no-store" };
  if (body) init.body = JSON.stringify(body);

  let response: Response;
  let text: string;
  try {
    response = await fetcher(new URL(path, base).href, init);
    text = await response.text();
  } catch (cause) {
    throw new ApiError("network", 0, String(cause));
  }
  if (!response.ok) throw refusal(response, text);
  try {
    return (text ? JSON.parse(text) : undefined) as T;
  } catch (cause) {
    // Somebody in between answered, as the sign-in page of a hotel's network does.
    throw new ApiError("network", 0, String(cause));
  }
}

function refusal(response: Response, text: string): ApiError {
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  try {
    const { code, message, data } = JSON.parse(text).error;
    return new ApiError(code, response.status, message, data ?? {}, retryAfter);
  } catch {
    return new ApiError("http", response.status, response.statusText, {}, retryAfter);
  }
}

export interface ApiOptions {
  base: string;
  session: Session;
  fetch?: Fetch | undefined;
}

/** Calls that carry the session's token; a refused token is renewed once. */
export class Api {
  constructor(private readonly options: ApiOptions) {}

  async request<T>(path: string, options: Omit<CallOptions, "token"> = {}): Promise<T> {
    const { base, session, fetch } = this.options;
    const token = await session.token();
    try {
      return await call<T>(base, path, { ...options, token }, fetch);
    } catch (error) {
      if (!(error instanceof ApiError && error.signedOut)) throw error;
      session.expire(token);
      return call<T>(base, path, { ...options, token: await session.token() }, fetch);
    }
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>(path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.request<T>(path, { method: "POST", body });
  }

  patch<T>(path: string, body: object = {}): Promise<T> {
    return this.request<T>(path, { method: "PATCH", body });
  }
}
