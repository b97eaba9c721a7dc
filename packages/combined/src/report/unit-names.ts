import { soundSharePrompts } from '@deepffmpeg/clap';
import type { Modality } from '@deepffmpeg/core';

/** Whose labels a lane shows. */
export interface Unit {
  readonly modality: Modality;
  readonly model: string;
  readonly labelSet: string;
  readonly group: string;
}

/** How a unit is called on the page. */
export interface UnitName {
  /** That of no other sense. */
  readonly title: string;
  /** May be empty. */
  readonly detail: string;
  /** All there is to know of where its labels come from. */
  readonly origin: string;
}

/** As the program calls labels that were typed in: by its flags. */
const TYPED_IN = ['--clip-labels', '--clap-labels'];

/** Names units as people would, and tells apart those that are both seen and heard. */
export function unitNames(units: readonly Unit[]): UnitName[] {
  return units.map((unit) => {
    const title = titleOf(unit);
    const sense = senseOf(unit);
    const isTwofold = units.some((other) => titleOf(other) === title && senseOf(other) !== sense);
    const details = [...(isTwofold ? [] : [sense]), ...(isToldBySet(unit) ? [unit.labelSet] : [])];
    return {
      title: isTwofold ? `${title}, ${sense}` : title,
      detail: details.join(', '),
      origin: `${sense}; labels of ${unit.labelSet}; model ${unit.model}`,
    };
  });
}

const senseOf = ({ modality }: Unit) => (modality === 'vision' ? 'seen' : 'heard');

function titleOf({ labelSet, group }: Unit): string {
  if (TYPED_IN.includes(labelSet)) return 'Your labels';
  if (labelSet === soundSharePrompts.name) return 'Speech and music';
  // The only group of a plain list has no name of its own.
  return group === 'labels' ? labelSet.replace(/^pack:/, '') : group;
}

/** Whether the set says more than the title: a file of the user's does, a pack of ours does not. */
const isToldBySet = (unit: Unit) => titleOf(unit) === unit.group && !unit.labelSet.startsWith('pack:');
