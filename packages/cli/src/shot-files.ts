import {
  filmInfo,
  shotsToCsv,
  shotsToEdl,
  shotsToFcpxml,
  shotsToFfmetadata,
  shotsToOtio,
  shotsToQpFile,
  shotsToWebVtt,
  type TechnicalAnalysis,
} from '@deepffmpeg/technical';

export type ShotFormat = 'csv' | 'edl' | 'otio' | 'fcpxml' | 'ffmetadata' | 'vtt' | 'qp';

/** The text of a file of shots for other software. */
export function shotFileOf(
  format: ShotFormat,
  { shots, metadata }: TechnicalAnalysis,
  input: string,
): string {
  const film = filmInfo(
    metadata.info,
    input === '-' ? undefined : input,
    input === '-' ? 'stdin' : undefined,
  );
  const formats: Readonly<Record<ShotFormat, () => string>> = {
    csv: () => shotsToCsv(shots),
    edl: () => shotsToEdl(shots, film),
    otio: () => shotsToOtio(shots, film),
    fcpxml: () => shotsToFcpxml(shots, film),
    ffmetadata: () => shotsToFfmetadata(shots, film),
    vtt: () => shotsToWebVtt(shots),
    qp: () => shotsToQpFile(shots),
  };
  return formats[format]();
}
