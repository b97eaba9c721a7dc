import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where models and made results are kept. */
export interface CacheFolders {
  /** Our own: text embeddings, digests and measured scales. Safe to delete. */
  readonly deepffmpeg: string;
  /** The Hugging Face hub's, shared with its other clients. */
  readonly hub: string;
}

/**
 * Tells the cache folders; they need not exist. Ours: `DEEPFFMPEG_CACHE`, else `$XDG_CACHE_HOME/deepffmpeg`, else
 * `~/.cache/deepffmpeg`. The hub's: `HF_HUB_CACHE`, formerly
 * `HUGGINGFACE_HUB_CACHE`, else `$HF_HOME/hub`, else `huggingface/hub` in the same place. Each may hold `~` and
 * other variables, as in files of settings that no shell has read.
 *
 * @see https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */
export function cacheFolders(environment: Environment = process.env): CacheFolders {
  const [ours, hub, formerHub, hubHome, xdg] = [
    'DEEPFFMPEG_CACHE',
    'HF_HUB_CACHE',
    'HUGGINGFACE_HUB_CACHE',
    'HF_HOME',
    'XDG_CACHE_HOME',
  ].map((name) => pathOf(name, environment));
  const base = xdg || join(homedir(), '.cache'); // an empty variable counts as unset
  return {
    deepffmpeg: ours || join(base, 'deepffmpeg'),
    hub: hub || formerHub || join(hubHome || join(base, 'huggingface'), 'hub'),
  };
}

/** What a variable names, as Python's `expanduser` and `expandvars` read it: the hub's other clients go by them. */
export function pathOf(name: string, environment: Environment): string {
  const path = environment[name] ?? '';
  return path
    .replace(/^~(?=$|[/\\])/, homedir)
    .replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, bare, braced) => environment[bare ?? braced] ?? whole);
}
