/*
 * Run by both installers, as administrator: makes %ProgramData%\BanVanThu, the office folder of all accounts of this
 * computer, with its rights. Anybody may have made that folder before (ProgramData lets every user): one found there
 * is given these rights and this owner; a junction or link is refused, as what it points at would be opened to all.
 * It is looked at and changed through one handle, so it cannot be exchanged in between.
 *
 * Exit codes: 0 done; 4 the name is taken by a link or a file; 5 Windows refused.
 */
#include <windows.h>
#include <aclapi.h>
#include <sddl.h>
#include <shlobj.h>

/* Owner Administrators; nothing inherited; System and Administrators everything, Users read, write and delete. */
static const wchar_t RIGHTS[] = L"O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;BU)";

enum { DONE = 0, TAKEN = 4, FAILED = 5 };

/* An administrator may change a folder whose rights leave him out, once these are switched on. */
static void enable_privileges(void) {
  static const wchar_t *const names[] = {L"SeRestorePrivilege", L"SeBackupPrivilege", L"SeTakeOwnershipPrivilege"};
  HANDLE token;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES, &token)) return;
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    TOKEN_PRIVILEGES wanted = {1, {{{0, 0}, SE_PRIVILEGE_ENABLED}}};
    if (LookupPrivilegeValueW(NULL, names[i], &wanted.Privileges[0].Luid))
      AdjustTokenPrivileges(token, FALSE, &wanted, 0, NULL, NULL);
  }
  CloseHandle(token);
}

static int put_right(HANDLE folder, PSECURITY_DESCRIPTOR rights) {
  BY_HANDLE_FILE_INFORMATION info;
  PSID owner, group;
  PACL list;
  BOOL present, defaulted;
  if (!GetFileInformationByHandle(folder, &info)) return FAILED;
  if ((info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) || !(info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY))
    return TAKEN;
  if (!GetSecurityDescriptorOwner(rights, &owner, &defaulted) || !GetSecurityDescriptorGroup(rights, &group, &defaulted) ||
      !GetSecurityDescriptorDacl(rights, &present, &list, &defaulted))
    return FAILED;
  return SetSecurityInfo(folder, SE_FILE_OBJECT,
                         OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION |
                             PROTECTED_DACL_SECURITY_INFORMATION,
                         owner, group, list, NULL) == ERROR_SUCCESS
             ? DONE
             : FAILED;
}

static int make(const wchar_t *path) {
  SECURITY_ATTRIBUTES made = {sizeof made, NULL, FALSE};
  HANDLE folder;
  int result;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(RIGHTS, SDDL_REVISION_1, &made.lpSecurityDescriptor, NULL))
    return FAILED;
  enable_privileges();
  if (CreateDirectoryW(path, &made)) return DONE;
  if (GetLastError() != ERROR_ALREADY_EXISTS) return FAILED;
  folder = CreateFileW(path, FILE_READ_ATTRIBUTES | READ_CONTROL | WRITE_DAC | WRITE_OWNER,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  if (folder == INVALID_HANDLE_VALUE) return FAILED;
  result = put_right(folder, made.lpSecurityDescriptor);
  CloseHandle(folder);
  return result;
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR arguments, int show) {
  wchar_t path[MAX_PATH];
  (void)self, (void)before, (void)arguments, (void)show;
  if (FAILED(SHGetFolderPathW(NULL, CSIDL_COMMON_APPDATA, NULL, SHGFP_TYPE_CURRENT, path))) return FAILED;
  if (lstrlenW(path) + sizeof "\\BanVanThu" > MAX_PATH) return FAILED;
  return make(lstrcatW(path, L"\\BanVanThu"));
}
