/** Names that stand for a release, by the repository that gives them. https://www.debian.org/releases/ and https://wiki.ubuntu.com/Releases */
export const codenames: Readonly<Record<string, readonly number[]>> = {
  jessie: [8],
  stretch: [9],
  buster: [10],
  bullseye: [11],
  bookworm: [12],
  trixie: [13],
  forky: [14],
  xenial: [16, 4],
  bionic: [18, 4],
  focal: [20, 4],
  jammy: [22, 4],
  noble: [24, 4],
  oracular: [24, 10],
  plucky: [25, 4],
  questing: [25, 10],
  resolute: [26, 4],
};

/** Words of a tag that name what nobody should be moved onto: previews, and distributions under work. */
export const previewWords: ReadonlySet<string> = new Set(
  'alpha beta rc ea dev devel nightly edge rolling experimental preview canary snapshot sid unstable testing rawhide buggy cooker tumbleweed'.split(
    ' ',
  ),
);
