/* holder.exe FILE: opens FILE so that nobody else can, as some scanners and viewers do, says so, and holds it until its
   input ends. */
#include <stdio.h>
#include <windows.h>

int wmain(int count, wchar_t **words) {
  HANDLE file = count == 2 ? CreateFileW(words[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) : INVALID_HANDLE_VALUE;
  if (file == INVALID_HANDLE_VALUE) return 1;
  puts("held");
  fflush(stdout);
  while (getchar() != EOF) {
  }
  return 0;
}
