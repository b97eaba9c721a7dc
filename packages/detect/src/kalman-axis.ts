/**
 * A Kalman filter of one coordinate that moves at constant velocity. A box has four: with noise that is independent for each, as in SORT
 * and ByteTrack, the usual filter of eight numbers falls apart into these.
 *
 * @see Bewley et al. 2016, arXiv:1602.00763; Kalman 1960
 */
export interface KalmanAxis {
  readonly position: number;
  /** A step of time. */
  readonly velocity: number;
  /** Variances of position and velocity, and their covariance. */
  readonly positionVariance: number;
  readonly covariance: number;
  readonly velocityVariance: number;
}

/** Standard deviations of position and velocity. */
export interface AxisNoise {
  readonly position: number;
  readonly velocity: number;
}

/** Begins at a position that was seen, at rest. */
export function startAxis(position: number, noise: AxisNoise): KalmanAxis {
  return {
    position,
    velocity: 0,
    positionVariance: noise.position ** 2,
    covariance: 0,
    velocityVariance: noise.velocity ** 2,
  };
}

/** Moves on by `steps`, which may be a fraction; noise is that of one step, and its variance grows with time. */
export function predictAxis(axis: KalmanAxis, steps: number, noise: AxisNoise): KalmanAxis {
  const { position, velocity, positionVariance, covariance, velocityVariance } = axis;
  return {
    position: position + velocity * steps,
    velocity,
    positionVariance:
      positionVariance + 2 * steps * covariance + steps ** 2 * velocityVariance + steps * noise.position ** 2,
    covariance: covariance + steps * velocityVariance,
    velocityVariance: velocityVariance + steps * noise.velocity ** 2,
  };
}

/** Takes in a position that was seen, with the standard deviation of its error. */
export function correctAxis(axis: KalmanAxis, seen: number, deviation: number): KalmanAxis {
  const { position, velocity, positionVariance, covariance, velocityVariance } = axis;
  const total = positionVariance + deviation ** 2;
  const [gain, velocityGain] = [positionVariance / total, covariance / total];
  const surprise = seen - position;
  return {
    position: position + gain * surprise,
    velocity: velocity + velocityGain * surprise,
    positionVariance: (1 - gain) * positionVariance,
    covariance: (1 - gain) * covariance,
    velocityVariance: velocityVariance - velocityGain * covariance,
  };
}
