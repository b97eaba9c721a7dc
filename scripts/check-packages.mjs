// Checks every package as a user gets it: publint and attw on the packed files, then all tarballs installed into
// an empty project and imported once.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'deepffmpeg-packages-'));

try {
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  for (const path of packages) {
    run(bin('publint'), ['run', '--strict', path]);
    run(bin('attw'), ['--pack', '--profile', 'esm-only', '--quiet', path]);
    run('npm', ['pack', '--silent', '--pack-destination', folder], path);
  }
  // Sources of an ffmpeg: nothing to import.
  const native = join(root, 'native');
  run(bin('publint'), ['run', '--strict', native]);
  run('npm', ['pack', '--silent', '--pack-destination', folder], native);
  const tarballs = readdirSync(folder).map((name) => `./${name}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...tarballs], folder, {
    // The CPU library is in the package; its install script would only fetch CUDA's.
    npm_config_onnxruntime_node_install: 'skip',
  });
  for (const path of packages) {
    const { name, exports } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    if (exports?.['.'])
      run(process.execPath, ['--input-type=module', '-e', `await import('${name}')`], folder);
  }
  run(process.execPath, [join(folder, 'node_modules', '.bin', 'deepffmpeg'), '--version'], folder);
  process.stdout.write(`packages: ${packages.length} packed, checked, installed and imported\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, args, cwd = root, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status === 0) return;
  process.stderr.write(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}${stderr}\n`);
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
}
