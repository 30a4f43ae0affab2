// What the page asks of the hub's API. The demo's business system adds the tenant's key, which the page never sees.

/** The hub's refusal, as problem JSON. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `the answer is ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

async function answer(response) {
  const json = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, json);
  return json;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refusal(0, { title: "No answer", detail: "The demo does not answer. Does make run still run?" });
  }
  return answer(response);
}

export const get = (tenant, path) => ask(`/api/${tenant}/${path}`);

export const post = (tenant, path, body) => ask(`/api/${tenant}/${path}`, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
});

/** Every element of a list, up to a thousand. */
export async function all(tenant, path) {
  const found = [];
  let after = "";
  do {
    const page = await get(tenant, `${path}?limit=200${after}`);
    found.push(...page.data);
    after = page.next && found.length < 1000 ? `&after=${encodeURIComponent(page.next)}` : "";
  } while (after);
  return found;
}

/** Gives the hub a file. Returns its id. */
export async function upload(tenant, file, kind, filename) {
  const named = filename ? `&filename=${encodeURIComponent(filename)}` : "";
  const made = await ask(`/api/${tenant}/media?kind=${kind}${named}`, {
    method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file,
  });
  return made.id;
}

export const mediaAddress = (tenant, id) => `/api/${tenant}/media/${id}`;

export const newArrivals = (last) => ask(`/arrivals?after=${last}`);
