import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a fake Python does at each of its jobs, as JavaScript; what is left out goes well. */
export interface FakePython {
  /** Told when it is asked for its version. @defaultValue `[3, 12, true]` */
  readonly version?: string;
  readonly venv?: string;
  readonly pip?: string;
  /** Of the conversion; `output` is the folder to make, `say` prints a message. */
  readonly convert?: string;
}

/** A conversion that makes a folder with one file. */
const WELL = `
  say({ progress: 'running' });
  fs.mkdirSync(output, { recursive: true });
  fs.writeFileSync(output + '/deepffmpeg.json', '{}');
  say({ result: {
    sidecar: { task: 'clip', logitScale: 61.62661 }, details: {},
    files: [{ file: 'onnx/vision_model.onnx', dtype: 'fp32', bytes: 10, difference: 1e-6, cosine: 1 }],
  } });
`;

/** Writes a program that stands in for Python, and for the environment's own; returns its path. It needs a Unix. */
export async function makeFakePython(folder: string, fake: FakePython = {}): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'python3');
  const { version = '[3, 12, true]', venv = '', pip = '', convert = WELL } = fake;
  await writeFile(
    path,
    `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
const say = (message) => fs.writeSync(1, JSON.stringify(message) + '\\n');
fs.appendFileSync(${JSON.stringify(join(folder, 'runs.txt'))}, args.join(' ') + '\\n');
if (args.includes('-c')) {
  console.log(${JSON.stringify(version)});
} else if (args.includes('venv')) {
  const folder = args.at(-1);
  fs.mkdirSync(folder + '/bin', { recursive: true });
  fs.copyFileSync(__filename, folder + '/bin/python');
  ${venv}
} else if (args.includes('pip')) {
  console.log('Ignoring what is of another system');
  console.log('Collecting torch==2.15.0');
  ${pip}
} else {
  const output = args.find((arg) => arg.startsWith('--output=')).slice(9);
  ${convert}
}
`,
  );
  await chmod(path, 0o755);
  return path;
}
