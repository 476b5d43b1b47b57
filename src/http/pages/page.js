async function ask(query) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return answer.json();
}

function makeRunnable(section) {
  const query = section.querySelector('.query').textContent;
  const run = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Run' });
  const open = Object.assign(document.createElement('a'), {
    href: `/graphiql?query=${encodeURIComponent(query)}`,
    textContent: 'Open in GraphiQL',
  });
  const answer = Object.assign(document.createElement('pre'), { hidden: true });
  answer.setAttribute('aria-live', 'polite');
  run.addEventListener('click', async () => {
    run.disabled = true;
    answer.textContent = await ask(query).then(
      (json) => JSON.stringify(json, null, 2),
      () => 'The server did not answer.',
    );
    answer.hidden = false;
    run.disabled = false;
  });
  section.append(run, open, answer);
}

async function showStats() {
  const { data } = await ask('{ stats { people relationships events articles claims } }');
  const line = document.querySelector('#stats');
  const { people, relationships, events, articles, claims } = data.stats;
  line.textContent = `Known at this moment: ${people} people, ${relationships} relationships and ${events} events, from ${claims} claims in ${articles} articles.`;
  line.hidden = false;
}

document.querySelectorAll('.example').forEach(makeRunnable);
// The page is useful without its numbers, so their failure stays silent.
showStats().catch(() => {});
