import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './explorer.css';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

async function askServer(question) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  });
  return answer.json();
}

const query = new URLSearchParams(location.search).get('query');
const explorer = createElement(GraphiQL, { fetcher: askServer, ...(query !== null && { initialQuery: query }) });
createRoot(document.getElementById('explorer')).render(explorer);
