/**
 * Packages of a distribution that build programs and that a running one seldom needs, by name; and how names of the like end.
 * Left out: what programs are known to call while they run (git, perl, python3).
 */
export const buildPackages: ReadonlySet<string> = new Set(
  [
    'autoconf automake bison build-base build-essential cargo cmake cpp dpkg-dev flex g++ gcc gdb gfortran libtool llvm m4 make meson',
    'ninja ninja-build nasm patch pkg-config pkgconf rustc samurai valgrind yasm clang binutils fakeroot debhelper',
  ]
    .join(' ')
    .split(' '),
);

/** `libssl-dev`, `gcc-12`, `g++-12`, `cpp-12`, `openssl-dev`. */
export const buildNames = /^(?:.*-dev|(?:gcc|g\+\+|cpp|gfortran|clang|llvm|binutils)-[\w.-]+|.*-headers)$/;
