/** What is drawn: the mark, the icons and the avatar in the shape of a tag. */

import type { ComponentChildren } from "preact";
import { hueOf, initialsOf, type Someone } from "./people.ts";

interface IconProps {
  size?: number;
}

function Icon({
  size = 18,
  flip = false,
  children,
}: IconProps & { flip?: boolean; children: ComponentChildren }) {
  return (
    <svg
      class={flip ? "flip" : undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const ArchiveIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 5h18v4H3zM5 9v10h14V9M10 13h4" />
  </Icon>
);

export const RestoreIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 5h18v4H3zM5 9v10h14V9M12 17v-5M9.500 14l2.500-2.500 2.500 2.500" />
  </Icon>
);

export const BackIcon = (props: IconProps) => (
  <Icon flip {...props}>
    <path d="M14 5l-7 7 7 7" />
  </Icon>
);

export const ForwardIcon = (props: IconProps) => (
  <Icon flip {...props}>
    <path d="M5 12h14M13 6l6 6-6 6" />
  </Icon>
);

export const DownIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Icon>
);

export const PersonIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.500 20c1.200-3.600 4-5.500 7.500-5.500s6.300 1.900 7.500 5.500" />
  </Icon>
);

export const CloseIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);

export const ChatsIcon = ({ size = 44 }: IconProps) => (
  <Icon size={size}>
    <path d="M3 5h18v12H11l-5 4v-4H3z" />
    <path d="M8 9.500h8M8 13h5" />
  </Icon>
);

/** One tick: stored. Two: seen. */
export function Ticks({ seen }: { seen: boolean }) {
  return (
    <svg width="15" height="11" viewBox="0 0 22 14" aria-hidden="true">
      <path d={seen ? "M1 8l4 4L13 3M11 11l1 1 9-9" : "M5 8l4 4 9-9"} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg width="24" height="24" viewBox="0 0 30 30" aria-hidden="true">
      <path d="M4 4h22v17H14l-6 5v-5H4z" stroke-width="2.5" />
      <path d="M9 10.500h12M9 15h7" stroke="var(--thread)" stroke-width="2.75" />
    </svg>
  );
}

export function Avatar({ person, small = false }: { person: Someone; small?: boolean }) {
  return (
    <span
      class={small ? "avatar small" : "avatar"}
      style={{ "--hue": hueOf(person.id) }}
      aria-hidden="true"
    >
      {initialsOf(person)}
    </span>
  );
}
