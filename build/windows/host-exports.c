/*
 * Node's functions are asked of "node.exe" by name. The program is called BanVanThu.exe, so whatever asks for
 * node.exe is given the running program itself, before the delayed import looks for a file of that name.
 */
#include <windows.h>
#include <delayimp.h>

static FARPROC WINAPI host_for_node(unsigned reason, PDelayLoadInfo import) {
  if (reason == dliNotePreLoadLibrary && lstrcmpiA(import->szDll, "node.exe") == 0)
    return (FARPROC)GetModuleHandleW(NULL);
  return NULL;
}

/* mingw's runtime defines the variable itself, with nothing in it. */
__attribute__((constructor)) static void set_hook(void) { __pfnDliNotifyHook2 = host_for_node; }
