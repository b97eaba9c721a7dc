import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { isFile, type ModelFolder, resolveModel } from '@deepffmpeg/models';

/** A detector's network, and the folder whose `deepffmpeg.json` tells about it. */
export interface DetectorFile {
  readonly model: ModelFolder;
  readonly path: string;
}

const usual = 'onnx/model.onnx';

/**
 * Finds a detector's network: an .onnx file, a folder with `onnx/model.onnx`, a folder with a single .onnx file (in it or in
 * its `onnx` folder), or a repository in the hub's cache.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for what is no string; `ERR_MODEL_MISSING` when there is none, or more than one to choose from.
 */
export async function findDetectorFile(nameOrPath: string): Promise<DetectorFile> {
  const found = await stat(nameOrPath).catch(() => undefined);
  const isNetwork = typeof nameOrPath === 'string' && nameOrPath.endsWith('.onnx'); // `resolveModel` refuses what is no string
  if (isNetwork && found?.isFile()) {
    const path = resolve(nameOrPath);
    return { path, model: { path: dirname(path), name: basename(path, '.onnx') } };
  }
  if (isNetwork && !found) throw new MediaError('ERR_MODEL_MISSING', `there is no file ${nameOrPath}`);
  if (found && !found.isDirectory()) {
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `${nameOrPath} is no model: an .onnx file or a folder with one was expected (what is for OpenVINO must be exported to ONNX first)`,
    );
  }
  const model = await resolveModel(nameOrPath, { files: [usual] });
  if (await isFile(join(model.path, usual))) return { model, path: join(model.path, usual) };
  return { model, path: await soleOnnxFile(model.path) };
}

async function soleOnnxFile(folder: string): Promise<string> {
  const lists = await Promise.all([folder, join(folder, 'onnx')].map(onnxFilesIn));
  const [path, ...others] = lists.flat();
  if (path !== undefined && others.length === 0) return path;
  throw new MediaError(
    'ERR_MODEL_MISSING',
    path === undefined
      ? `the model folder ${folder} has neither ${usual} nor another .onnx file`
      : `the model folder ${folder} has ${others.length + 1} .onnx files and no ${usual}: name the file`,
  );
}

async function onnxFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []); // the `onnx` folder need not be there
  return names.filter((name) => name.endsWith('.onnx')).map((name) => join(folder, name));
}
