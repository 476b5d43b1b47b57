const form = document.querySelector('form');
const said = document.querySelector('#said');
const out = document.querySelector('#out');

function post(path, body) {
  return fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Whether the server has done it; the page says why not. */
async function done(path, body) {
  try {
    const answer = await post(path, body);
    if (answer.ok) return true;
    const { errors } = await answer.json();
    said.textContent = errors[0].message;
  } catch {
    said.textContent = 'The server did not answer.';
  }
  return false;
}

/** The page that one came from, if it is one of ours. */
function pageBefore() {
  const then = new URLSearchParams(location.search).get('then') ?? '/';
  if (!URL.canParse(then, location.origin)) return '/';
  const page = new URL(then, location.origin);
  return page.origin === location.origin ? page.href : '/';
}

async function signIn(credential) {
  if (await done('/sign-in', credential)) location.replace(pageBefore());
}

async function showWho() {
  const answer = await post('/graphql', { query: '{ viewer { name role } }' });
  const { data } = await answer.json();
  if (!data?.viewer.name) return;
  said.textContent = `You are signed in as ${data.viewer.name} (${data.viewer.role}).`;
  out.hidden = false;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  signIn({ token: form.elements.token.value });
});

out.addEventListener('click', async () => {
  if (!(await done('/sign-out', {}))) return;
  out.hidden = true;
  said.textContent = 'You are signed out.';
});

/** Exchanges the code of a desk link, if the address has one. */
function exchangeCode() {
  const code = /^#code=(.+)$/.exec(location.hash)?.[1];
  if (!code) return false;
  // The code is used up in a moment; nobody shall find it in the address or the history.
  history.replaceState(null, '', location.pathname + location.search);
  signIn({ code });
  return true;
}

addEventListener('hashchange', exchangeCode);
// Without an answer the form alone is of use.
if (!exchangeCode()) showWho().catch(() => {});
