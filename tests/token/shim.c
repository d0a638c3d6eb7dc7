/*
 * A PKCS#11 module with faults: passes everything to a real one (SoftHSM; on Windows soft-token.c) and misbehaves as a
 * control file says, read anew at each call. Lines of the file:
 *
 *   C_Sign=crash | abort | exit | hang | slow | slow 100 | 0x30   what that function does (slow: so many
 *                         milliseconds, 300 without a number; 0x…: returns that value)
 *   C_GetFunctionList=…     the same while the module is being loaded
 *   no-reader               not even an empty slot
 *   late-list               tokens are those of the last C_Initialize: a change shows only after a restart
 *   removed                 no slot has a token any more, sessions die with it
 *   pin-counter             three wrong PINs lock: COUNT_LOW, then FINAL_TRY, then LOCKED (kept in FILE.pin)
 *   null-length-zero        asked for a length with a NULL buffer, answers 0 (VNPT-CA, NCCA)
 *   always-authenticate     keys want the PIN (TOKEN_SHIM_DEVICE_PIN) before each signature
 *   protected-path          TOKEN_SHIM_DEVICE_PIN is "typed on the device": C_Login must get none
 *   hash-only               no CKM_RSA_PKCS, only CKM_SHA256_RSA_PKCS
 *   logged-in               another program of the same middleware has logged in: CKR_USER_ALREADY_LOGGED_IN
 *   uninitialised           the token says it was never initialised
 *   no-key                  private keys are not found
 *   hide-certificates       certificates are found only after a login
 *   hang-before-login       looking for objects before a login never ends (VNPT-CA)
 *
 * Environment: TOKEN_SHIM_CONTROL (path of the file), TOKEN_SHIM_TARGET (the real module; on Windows it is linked),
 * TOKEN_SHIM_DEVICE_PIN.
 * FILE.log gets one line a call of C_Login: its user type and PIN length. FILE.hangs is there once a call hangs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef _WIN32
#pragma pack(push, cryptoki, 1)
#include <pkcs11/pkcs11.h>
#pragma pack(pop, cryptoki)
#else
#include <dlfcn.h>
#include <pkcs11/pkcs11.h>
#endif

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST mine;
static int context_login;
static int removed_at_start;

#ifdef _WIN32
/* The narrow functions would lose Vietnamese letters of the path. */
static FILE *beside(const char *suffix, const char *mode) {
  wchar_t path[4096], wide_mode[2] = {mode[0], 0};
  swprintf(path, sizeof path / sizeof *path, L"%ls%hs", _wgetenv(L"TOKEN_SHIM_CONTROL"), suffix);
  return _wfopen(path, wide_mode);
}

__declspec(dllimport) CK_RV soft_token(CK_FUNCTION_LIST_PTR_PTR list);
static CK_RV find_real(void) { return soft_token(&real); }
#else
static FILE *beside(const char *suffix, const char *mode) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s", getenv("TOKEN_SHIM_CONTROL"), suffix);
  return fopen(path, mode);
}

static CK_RV find_real(void) {
  void *library = dlopen(getenv("TOKEN_SHIM_TARGET"), RTLD_NOW | RTLD_LOCAL);
  CK_C_GetFunctionList get = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
  return get ? get(&real) : CKR_GENERAL_ERROR;
}
#endif

/* The value after `key=`, "" for a bare word, NULL when the control file has no such line. */
static const char *control(const char *key) {
  static char line[256];
  size_t length = strlen(key);
  FILE *file = beside("", "r");
  const char *found = NULL;
  if (!file) return NULL;
  while (!found && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\r\n")] = 0;
    if (strncmp(line, key, length) == 0 && (line[length] == 0 || line[length] == '='))
      found = line[length] == '=' ? line + length + 1 : line + length;
  }
  fclose(file);
  return found;
}

static int is_set(const char *word) { return control(word) != NULL; }

static int is_removed(void) { return is_set("late-list") ? removed_at_start : is_set("removed"); }

static CK_RV misbehave(const char *function) {
  const char *how = control(function);
  if (!how) return CKR_OK;
  if (strcmp(how, "crash") == 0) *(volatile int *)1 = 0;
  if (strcmp(how, "abort") == 0) abort();
  if (strcmp(how, "exit") == 0) _exit(7);
  if (strcmp(how, "hang") == 0) {
    fclose(beside(".hangs", "w"));
    for (;;) sleep(1);
  }
  if (strncmp(how, "slow", 4) == 0) { usleep(1000 * (how[4] ? atoi(how + 4) : 300)); return CKR_OK; }
  return strtoul(how, NULL, 16);
}

#define MISBEHAVE(name)            \
  do {                             \
    CK_RV fault = misbehave(name); \
    if (fault != CKR_OK) return fault; \
  } while (0)
#define NEED_TOKEN() do { if (is_set("removed")) return CKR_DEVICE_REMOVED; } while (0)

static int wrong_pins(void) {
  int count = 0;
  FILE *file = beside(".pin", "r");
  if (!file) return 0;
  if (fscanf(file, "%d", &count) != 1) count = 0;
  fclose(file);
  return count;
}

static void set_wrong_pins(int count) {
  FILE *file = beside(".pin", "w");
  fprintf(file, "%d", count);
  fclose(file);
}

static CK_RV initialize(CK_VOID_PTR args) {
  MISBEHAVE("C_Initialize");
  removed_at_start = is_set("removed");
  return real->C_Initialize(args);
}

static CK_RV finalize(CK_VOID_PTR reserved) {
  MISBEHAVE("C_Finalize");
  return real->C_Finalize(reserved);
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  MISBEHAVE("C_GetSlotList");
  if (is_set("no-reader") || (present && is_removed())) { *count = 0; return CKR_OK; }
  return real->C_GetSlotList(present, slots, count);
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  MISBEHAVE("C_GetTokenInfo");
  if (is_removed()) return CKR_TOKEN_NOT_PRESENT;
  CK_RV rv = real->C_GetTokenInfo(slot, info);
  if (rv != CKR_OK) return rv;
  if (is_set("pin-counter")) {
    int wrong = wrong_pins();
    info->flags &= ~(CK_FLAGS)(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
    if (wrong > 0) info->flags |= CKF_USER_PIN_COUNT_LOW;
    if (wrong == 2) info->flags |= CKF_USER_PIN_FINAL_TRY;
    if (wrong > 2) info->flags |= CKF_USER_PIN_LOCKED;
  }
  if (is_set("protected-path")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (is_set("uninitialised")) info->flags &= ~(CK_FLAGS)CKF_TOKEN_INITIALIZED;
  return CKR_OK;
}

static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  CK_RV rv = real->C_GetMechanismList(slot, list, count);
  if (rv == CKR_OK && list && is_set("hash-only"))
    for (CK_ULONG i = 0; i < *count; i++)
      if (list[i] == CKM_RSA_PKCS) list[i] = CKM_RSA_PKCS_KEY_PAIR_GEN;
  return rv;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR app, CK_NOTIFY notify,
                          CK_SESSION_HANDLE_PTR session) {
  MISBEHAVE("C_OpenSession");
  NEED_TOKEN();
  if (flags & CKF_RW_SESSION) return CKR_TOKEN_WRITE_PROTECTED;
  return real->C_OpenSession(slot, flags, app, notify, session);
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  FILE *log = beside(".log", "a");
  fprintf(log, "%lu %lu\n", user, length);
  fclose(log);
  MISBEHAVE("C_Login");
  NEED_TOKEN();
  if (is_set("pin-counter") && wrong_pins() > 2) return CKR_PIN_LOCKED;
  if (is_set("protected-path")) {
    if (length > 0) return CKR_ARGUMENTS_BAD;
    pin = (CK_UTF8CHAR_PTR)getenv("TOKEN_SHIM_DEVICE_PIN");
    length = strlen((char *)pin);
  }
  if (user == CKU_CONTEXT_SPECIFIC) {
    const char *right = getenv("TOKEN_SHIM_DEVICE_PIN");
    context_login = strlen(right) == length && memcmp(right, pin, length) == 0;
    return context_login ? CKR_OK : CKR_PIN_INCORRECT;
  }
  if (is_set("logged-in")) {
    const char *right = getenv("TOKEN_SHIM_DEVICE_PIN");
    CK_RV before = real->C_Login(session, user, (CK_UTF8CHAR_PTR)right, strlen(right));
    return before == CKR_OK ? CKR_USER_ALREADY_LOGGED_IN : before;
  }
  CK_RV rv = real->C_Login(session, user, pin, length);
  if (is_set("pin-counter") && rv == CKR_PIN_INCORRECT) {
    set_wrong_pins(wrong_pins() + 1);
    if (wrong_pins() > 2) return CKR_PIN_LOCKED;
  }
  if (is_set("pin-counter") && rv == CKR_OK) set_wrong_pins(0);
  return rv;
}

static int is_logged_in(CK_SESSION_HANDLE session) {
  CK_SESSION_INFO info;
  return real->C_GetSessionInfo(session, &info) == CKR_OK &&
         (info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS);
}

static int looks_for(CK_ATTRIBUTE_PTR template, CK_ULONG count, CK_OBJECT_CLASS class) {
  return count > 0 && template[0].type == CKA_CLASS && *(CK_OBJECT_CLASS *)template[0].pValue == class;
}

static CK_RV find_objects_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count) {
  static CK_OBJECT_CLASS none = CKO_VENDOR_DEFINED;
  static CK_ATTRIBUTE nothing = {CKA_CLASS, &none, sizeof none};
  MISBEHAVE("C_FindObjectsInit");
  NEED_TOKEN();
  if (is_set("hang-before-login") && !is_logged_in(session)) for (;;) sleep(1);
  int is_hidden = (is_set("no-key") && looks_for(template, count, CKO_PRIVATE_KEY)) ||
                  (is_set("hide-certificates") && !is_logged_in(session) &&
                   looks_for(template, count, CKO_CERTIFICATE));
  if (is_hidden) return real->C_FindObjectsInit(session, &nothing, 1);
  return real->C_FindObjectsInit(session, template, count);
}

static CK_RV get_attribute_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,
                                 CK_ULONG count) {
  MISBEHAVE("C_GetAttributeValue");
  NEED_TOKEN();
  if (is_set("null-length-zero") && count > 0 && template[0].pValue == NULL_PTR) {
    template[0].ulValueLen = 0;
    return CKR_OK;
  }
  CK_RV rv = real->C_GetAttributeValue(session, object, template, count);
  if (rv == CKR_OK && is_set("always-authenticate"))
    for (CK_ULONG i = 0; i < count; i++)
      if (template[i].type == CKA_ALWAYS_AUTHENTICATE && template[i].pValue)
        *(CK_BBOOL *)template[i].pValue = CK_TRUE;
  return rv;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature,
                  CK_ULONG_PTR signature_length) {
  MISBEHAVE("C_Sign");
  NEED_TOKEN();
  if (is_set("always-authenticate") && !context_login) return CKR_USER_NOT_LOGGED_IN;
  context_login = 0;
  return real->C_Sign(session, data, length, signature, signature_length);
}

CK_DEFINE_FUNCTION(CK_RV, C_GetFunctionList)(CK_FUNCTION_LIST_PTR_PTR list) {
  MISBEHAVE("C_GetFunctionList");
  if (!real) {
    if (find_real() != CKR_OK) return CKR_GENERAL_ERROR;
    mine = *real;
    mine.C_GetFunctionList = C_GetFunctionList;
    mine.C_Initialize = initialize;
    mine.C_Finalize = finalize;
    mine.C_GetSlotList = get_slot_list;
    mine.C_GetTokenInfo = get_token_info;
    mine.C_GetMechanismList = get_mechanism_list;
    mine.C_OpenSession = open_session;
    mine.C_Login = login;
    mine.C_FindObjectsInit = find_objects_init;
    mine.C_GetAttributeValue = get_attribute_value;
    mine.C_Sign = sign;
  }
  *list = &mine;
  return CKR_OK;
}
