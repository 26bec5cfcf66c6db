/** Why a disk cannot move, as a phrase, and what to do about it, as a sentence. */
export interface Obstacle {
  readonly reason: string;
  readonly remedy: string;
}
