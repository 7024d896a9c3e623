/** Something to do once nothing has asked for it for a while: a slider asks many times a second. */
export function settled<A>(milliseconds: number, act: (argument: A) => void): (argument: A) => void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  return (argument) => {
    clearTimeout(pause);
    pause = setTimeout(() => act(argument), milliseconds);
  };
}
