interface Chat {
  readonly choices: readonly [{ readonly message: { readonly content: string } }];
}

/** Says something to the agent at an address over OpenAI's API, and returns its answer. */
export async function chat(
  address: string,
  text: string,
  session?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const body = { model: 'agent', messages: [{ role: 'user', content: text }], session_id: session };
  const { choices } = (await post(`${address}/v1/chat/completions`, body, headers)) as Chat;
  return choices[0].message.content;
}

/** Posts a body as JSON, and returns the answer. */
export async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  }
  return response.json();
}
