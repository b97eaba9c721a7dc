import type { Command } from 'commander';
import { addInputCommand } from './add-reading-flags.js';
import type { AnalyzeFlags } from './analyze.js';
import type { CliIo } from './cli-io.js';
import type { ExitCode } from './exit-code.js';
import { choicesFlag, listFlag } from './flag-values.js';
import { addShotFlags } from './shot-flags.js';

/** `deepffmpeg analyze ...` */
export function addAnalyzeCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const analyze = addInputCommand(
    program,
    'analyze',
    'technical analysis of video and audio: shots, loudness, silence, defects of picture and sound',
  )
    .option('--input <path>', 'another input; may be repeated', listFlag)
    .option('-o, --output-dir <folder>', 'folder for NAME_analysis.json and other files', '.')
    .option('-j, --json <file>', 'write the analysis of one input to this file');
  addShotFlags(analyze)
    .option(
      '--export <formats>',
      'export shots as csv (PySceneDetect), edl, otio, fcpxml, ffmetadata, vtt, qp, separated by commas: NAME_shots.csv, ...',
      choicesFlag(['csv', 'edl', 'otio', 'fcpxml', 'ffmetadata', 'vtt', 'qp']),
    )
    .option('--contact-sheet', 'contact sheet of all shots: NAME_contact_sheet.jpg')
    .option('--shot-pictures', 'one image per shot: NAME_shots/0001.jpg, ...')
    .option('--fast', 'decode nothing: metadata, and shots from keyframes')
    .option('-v, --verbose', 'print each event, and the reasons for the production value')
    .action(async (inputs: string[], flags: AnalyzeFlags) => {
      const { analyze } = await import('./analyze.js');
      done(await analyze(inputs, flags, io));
    });
}
