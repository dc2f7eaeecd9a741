/** Two soft notes for an answer; made here, so that no file is fetched and nothing else is allowed. */

const NOTE_SECONDS = 0.13;
const OTHER_TABS_MS = 10_000;

let audio: AudioContext | null = null;

/** Rings in the first of all tabs that asks for this message. */
export function ring(messageId: string): void {
  // Before the visitor has touched the page browsers refuse, and rightly.
  if (!(navigator.userActivation?.hasBeenActive ?? true)) return;
  // On plain HTTP there are no locks, and every tab rings.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return play();
  // A lock, as what one tab stores another one reads too late; a sandboxed page may not have it.
  const first = { ifAvailable: true };
  locks.request(`deskbell:ring:${messageId}`, first, (lock) => lock && (play(), lasting())).catch(play);
}

function play(): void {
  audio ??= new AudioContext();
  for (const [index, pitch] of [660, 880].entries()) note(audio, pitch, index * NOTE_SECONDS);
}

/** Until even a tab that only polls has the message. */
function lasting(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, OTHER_TABS_MS));
}

function note(audio: AudioContext, frequency: number, delay: number): void {
  const start = audio.currentTime + delay;
  const end = start + NOTE_SECONDS * 2;
  const tone = new OscillatorNode(audio, { frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.linearRampToValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.015);
  volume.gain.linearRampToValueAtTime(0, end);
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(end);
}
