import {
  type CachedModel,
  cacheFolders,
  type KnownModel,
  knownModels,
  listModels,
  modelSets,
} from '@deepffmpeg/models';

/** A model as `models list` and `models show` tell of it: known, in the cache, or both. */
export interface ModelRow {
  /** The short name, else the repository's. */
  readonly name: string;
  readonly known?: KnownModel;
  /** The sets of `--models` that it belongs to. */
  readonly sets?: readonly string[];
  readonly cached?: Omit<CachedModel, 'known' | 'name'>;
}

/** Those of the registry in its order, then all else that is in the cache. */
export async function readModelRows(): Promise<{ readonly hubCache: string; readonly rows: ModelRow[] }> {
  const { hub: hubCache } = cacheFolders();
  const cached = await listModels({ hubCache });
  const rowOf = (name: string, model: CachedModel | undefined, known?: KnownModel): ModelRow => {
    const about = { name, ...(known && { known, ...setsOf(known) }) };
    if (!model) return about;
    const { known: _, name: repository, ...place } = model;
    return { ...about, cached: place };
  };
  const knownRows = knownModels.map((known) =>
    rowOf(
      known.name,
      cached.find(({ name }) => name === known.repository),
      known,
    ),
  );
  const others = cached.filter(({ known }) => !known).map((model) => rowOf(model.name, model));
  return { hubCache, rows: [...knownRows, ...others] };
}

function setsOf({ name }: KnownModel): Pick<ModelRow, 'sets'> {
  const sets = Object.entries(modelSets).filter(([, { clip, clap }]) => clip === name || clap === name);
  return sets.length > 0 ? { sets: sets.map(([set]) => set) } : {};
}
