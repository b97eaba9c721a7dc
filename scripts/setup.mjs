// Readies a fresh clone: the packages of the lock file, the build, ffmpeg, and with --browser a Chromium for the tests of
// pages. Says what it does; the second time there is nothing to do. Runs before `npm run demo` and `npm test`, so it uses nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = `${root}node_modules/.deepffmpeg-setup`;
const OLDEST_NODE = [20, 19];
const OLDEST_FFMPEG = [5, 1];

checkNode();
installPackages();
build();
installFfmpeg();
if (process.argv.includes('--browser')) installBrowser();

function checkNode() {
  if (isAtLeast(process.versions.node, OLDEST_NODE)) return;
  stop(`Node ${process.versions.node} is too old: install ${OLDEST_NODE.join('.')} or newer from nodejs.org`);
}

function installPackages() {
  const lock = readFileSync(`${root}package-lock.json`);
  const wanted = createHash('sha256')
    .update(lock)
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  say('installing the packages of the lock file (npm ci)');
  runNpm(['ci', '--no-audit', '--no-fund']);
  writeFileSync(stampFile, wanted);
}

function build() {
  const turbo = [
    `${root}node_modules/turbo/bin/turbo`,
    'run',
    'build',
    '--filter=!@deepffmpeg/native', // minutes of C: built only when asked for
    '--output-logs=errors-only',
    '--ui=stream',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, turbo, { cwd: root, encoding: 'utf8' });
  if (status !== 0) stop(`the build failed:\n${stdout}${stderr}`);
  if (!stdout.includes('FULL TURBO')) say('built the packages');
}

function installFfmpeg() {
  const path = process.env.DEEPFFMPEG_FFMPEG ?? 'ffmpeg';
  if (isNewEnough(path)) return;
  if (process.env.DEEPFFMPEG_FFMPEG)
    stop(`DEEPFFMPEG_FFMPEG names ${path}, which is no ffmpeg ${OLDEST_FFMPEG.join('.')} or newer`);
  const installer = installers('ffmpeg').find(({ test }) => succeeds(...test));
  if (!installer) {
    stop(
      `no ffmpeg ${OLDEST_FFMPEG.join('.')} or newer was found: install it with ${advice()} and run this again`,
    );
  }
  for (const command of installer.commands) {
    say(`installing ffmpeg: ${command.join(' ')}`);
    run(command[0], command.slice(1));
  }
  if (!isNewEnough(path))
    stop(`the system's ffmpeg is too old: put ${OLDEST_FFMPEG.join('.')} or newer on the PATH`);
}

/** Only tests need it, and they say so where it is missing: so this stops nobody. */
function installBrowser() {
  const { DEEPFFMPEG_CHROMIUM: named } = process.env;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  if ((named ? [named] : [...names, mac]).some((name) => succeeds(name, ['--version']))) return;
  const installer = installers('chromium').find(({ test }) => test[0] !== 'brew' && succeeds(...test));
  const isDone = installer?.commands.every((command) => {
    say(`installing chromium: ${command.join(' ')}`);
    return spawnSync(command[0], command.slice(1), { stdio: ['ignore', 2, 2] }).status === 0;
  });
  if (!isDone)
    say('no Chromium was found: tests of pages are skipped; DEEPFFMPEG_CHROMIUM may name one, or Chrome');
}

/** Ways to install a package without asking anybody for a password. */
function installers(name) {
  const apt = (prefix) => [
    [...prefix, 'apt-get', 'update', '-qq'],
    [
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      name,
    ],
  ];
  const isRoot = process.getuid?.() === 0;
  return [
    ...(isRoot ? [{ test: ['apt-get', ['--version']], commands: apt([]) }] : []),
    { test: ['sudo', ['-n', 'apt-get', '--version']], commands: apt(['sudo', '-n']) },
    { test: ['brew', ['--version']], commands: [['brew', 'install', name]] },
  ];
}

function advice() {
  if (process.platform === 'darwin') return '`brew install ffmpeg`';
  if (process.platform === 'win32') return '`winget install ffmpeg`';
  return succeeds('apt-get', ['--version'])
    ? '`sudo apt-get install ffmpeg`'
    : "your system's package manager";
}

function isNewEnough(path) {
  const { status, stdout } = spawnSync(path, ['-hide_banner', '-version'], { encoding: 'utf8' });
  const version = /^ffmpeg version \D{0,2}(\d+\.\d+)/.exec(stdout ?? '')?.[1];
  // A build from git has no such number; whether it will do is found out when it is used.
  return status === 0 && (version === undefined || isAtLeast(version, OLDEST_FFMPEG));
}

function isAtLeast(version, [major, minor]) {
  const [haveMajor, haveMinor] = version.split('.').map(Number);
  return haveMajor > major || (haveMajor === major && haveMinor >= minor);
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The npm that runs us; by its script, since Windows starts no npm.cmd without a shell. */
function runNpm(args) {
  const script = process.env.npm_execpath;
  if (script) run(process.execPath, [script, ...args]);
  else run('npm', args);
}

function run(command, args) {
  // Progress belongs on stderr: stdout is the caller's.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) stop(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(1);
}
