import type { Reads } from '../graph/graph.js';

const PERSON = '/* personIdOfSlug */ MATCH (p:Person {slug: $slug}) RETURN p.id AS id';
const ARTICLE = '/* articleIdOfUrl */ MATCH (a:Article {url: $url}) RETURN a.id AS id';

/** The id of the person who has this slug today, merged ones included; not gated. */
export async function personIdOfSlug(graph: Reads, slug: string): Promise<string | null> {
  const [row] = slug === '' ? [] : await graph.read(PERSON, { slug });
  return row === undefined ? null : String(row.id);
}

/** The id of the article that has this address today; not gated. */
export async function articleIdOfUrl(graph: Reads, url: string): Promise<string | null> {
  const [row] = url === '' ? [] : await graph.read(ARTICLE, { url });
  return row === undefined ? null : String(row.id);
}
