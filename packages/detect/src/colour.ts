import colorString from 'color-string';

/** Each 0 to 255. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 0 is invisible, 255 hides what is below. */
  readonly alpha: number;
}

/** Reads a CSS colour, such as `red`, `#ff0000` or `#ff000080`; undefined for all else. */
export function parseColour(text: string): Colour | undefined {
  const read = colorString.get.rgb(text);
  if (read === null) return undefined;
  const [red = 0, green = 0, blue = 0, alpha = 1] = read;
  return {
    red: Math.round(red),
    green: Math.round(green),
    blue: Math.round(blue),
    alpha: Math.round(255 * alpha),
  };
}

/** Black or white, whichever a text of this colour stands out from more: by 4.5 : 1 or better. */
export function plateFor({ red, green, blue }: Colour): Colour {
  const linear = ([red, green, blue] as const).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!; // of three
  // Contrast is (brighter + 0.05) / (darker + 0.05); that to black and that to white are equal at this luminance.
  const level = luminance > Math.sqrt(1.05 * 0.05) - 0.05 ? 0 : 255;
  return { red: level, green: level, blue: level, alpha: 255 };
}
