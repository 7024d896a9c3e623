/** What the explorer's page asks its server. */

import type { Enabled, Retraced, Way, WayStory } from "../page-data.ts";

/** A question that was refused; the message is the server's. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export const askStory = (way: Way, watched: string): Promise<WayStory> => ask(`story?${query(way, watched)}`);

export const askMoves = (way: Way, watched: string): Promise<Enabled> => ask(`moves?${query(way, watched)}`);

export const askTrace = (file: Blob): Promise<Retraced> => ask("trace", { method: "POST", body: file });

function query(way: Way, watched: string): string {
  return String(new URLSearchParams({ way: way.join("."), watched }));
}

async function ask<T>(question: string, request: RequestInit = {}): Promise<T> {
  const response = await fetch(question, request).catch(() => {
    throw new Refused("the explorer does not answer: was it ended?");
  });
  if (!response.ok) throw new Refused(await response.text());
  return (await response.json()) as T;
}
