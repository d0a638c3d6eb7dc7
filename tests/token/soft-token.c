/*
 * The token behind shim.c on Windows, where there is no SoftHSM: one slot, one token, one RSA key that Windows' own
 * cryptography (CNG) keeps and uses. A library of its own that the driver cannot be loaded without.
 *
 * Environment: SOFT_TOKEN, a folder with these files:
 *   label          of the token, UTF-8
 *   pin            what C_Login wants
 *   certificates   DER, one after another; the first is the key's, the others have no key
 *   key            BCRYPT_RSAFULLPRIVATE_BLOB; a token without one makes its key at the first C_Initialize
 */
#include <windows.h>
#include <bcrypt.h>
#include <stdio.h>
#include <string.h>

#pragma pack(push, cryptoki, 1)
#include <pkcs11/pkcs11.h>
#pragma pack(pop, cryptoki)

#define SLOT 1
#define KEY_BITS 2048
#define MAX_SESSIONS 16
#define MAX_OBJECTS 8
#define MAX_ATTRIBUTES 4

static const char SERIAL[] = "0123456789";
static const BYTE KEY_ID[] = {0x4b, 0x31};
/* DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
static const BYTE DIGEST_INFO[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                   0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
#define DIGEST 32

typedef struct {
  CK_ATTRIBUTE attributes[MAX_ATTRIBUTES];
  CK_ULONG count;
} Object;

typedef struct {
  BOOL is_open;
  CK_OBJECT_HANDLE found[MAX_OBJECTS];
  CK_ULONG found_count, found_next;
  /* 0: no signature was begun. */
  CK_MECHANISM_TYPE mechanism;
} Session;

static BOOL is_initialized, is_logged_in;
/* A handle is the place in here plus one. */
static Session sessions[MAX_SESSIONS];
static Object objects[MAX_OBJECTS];
static CK_ULONG object_count;
static BYTE label[64], pin[256], certificates[65536];
static size_t label_length, pin_length;
/* The last PIN was wrong, which a token tells until it has seen the right one. */
static BOOL was_wrong;
static BCRYPT_KEY_HANDLE key;

static FILE *in_folder(const char *name, const wchar_t *mode) {
  wchar_t path[4096];
  const wchar_t *folder = _wgetenv(L"SOFT_TOKEN");
  if (!folder) return NULL;
  swprintf(path, sizeof path / sizeof *path, L"%ls\\%hs", folder, name);
  return _wfopen(path, mode);
}

static size_t read_whole(const char *name, BYTE *bytes, size_t room) {
  FILE *file = in_folder(name, L"rb");
  if (!file) return 0;
  size_t length = fread(bytes, 1, room, file);
  fclose(file);
  return length;
}

static void add_attribute(Object *object, CK_ATTRIBUTE_TYPE type, const void *value, CK_ULONG length) {
  object->attributes[object->count++] = (CK_ATTRIBUTE){type, (void *)value, length};
}

static void add_objects(size_t certificates_length) {
  static const CK_OBJECT_CLASS private_key = CKO_PRIVATE_KEY, certificate = CKO_CERTIFICATE;
  static const CK_KEY_TYPE rsa = CKK_RSA;
  static const CK_BBOOL no = CK_FALSE;
  memset(objects, 0, sizeof objects);
  object_count = 1;
  add_attribute(&objects[0], CKA_CLASS, &private_key, sizeof private_key);
  add_attribute(&objects[0], CKA_KEY_TYPE, &rsa, sizeof rsa);
  add_attribute(&objects[0], CKA_ID, KEY_ID, sizeof KEY_ID);
  add_attribute(&objects[0], CKA_ALWAYS_AUTHENTICATE, &no, sizeof no);
  /* Each is a SEQUENCE with a length of two octets: 30 82 xx xx. */
  for (size_t at = 0, length; at + 4 <= certificates_length && object_count < MAX_OBJECTS; at += length) {
    Object *object = &objects[object_count++];
    length = 4 + (certificates[at + 2] << 8 | certificates[at + 3]);
    add_attribute(object, CKA_CLASS, &certificate, sizeof certificate);
    add_attribute(object, CKA_VALUE, &certificates[at], length);
    if (at == 0) add_attribute(object, CKA_ID, KEY_ID, sizeof KEY_ID);
  }
}

static BOOL make_key(BCRYPT_ALG_HANDLE rsa) {
  BYTE blob[4096];
  ULONG length;
  if (BCryptGenerateKeyPair(rsa, &key, KEY_BITS, 0) || BCryptFinalizeKeyPair(key, 0) ||
      BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, blob, sizeof blob, &length, 0))
    return FALSE;
  FILE *file = in_folder("key", L"wb");
  if (!file) return FALSE;
  size_t written = fwrite(blob, 1, length, file);
  fclose(file);
  return written == length;
}

static BOOL load_key(void) {
  static BCRYPT_ALG_HANDLE rsa;
  BYTE blob[4096];
  ULONG length = (ULONG)read_whole("key", blob, sizeof blob);
  if (!rsa && BCryptOpenAlgorithmProvider(&rsa, BCRYPT_RSA_ALGORITHM, NULL, 0)) return FALSE;
  if (length == 0) return make_key(rsa);
  return BCryptImportKeyPair(rsa, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, &key, blob, length, 0) == 0;
}

static CK_RV initialize(CK_VOID_PTR args) {
  (void)args;
  if (is_initialized) return CKR_CRYPTOKI_ALREADY_INITIALIZED;
  label_length = read_whole("label", label, sizeof label);
  pin_length = read_whole("pin", pin, sizeof pin);
  if (!load_key()) return CKR_DEVICE_ERROR;
  add_objects(read_whole("certificates", certificates, sizeof certificates));
  is_initialized = TRUE;
  return CKR_OK;
}

static CK_RV finalize(CK_VOID_PTR reserved) {
  (void)reserved;
  if (!is_initialized) return CKR_CRYPTOKI_NOT_INITIALIZED;
  BCryptDestroyKey(key);
  memset(sessions, 0, sizeof sessions);
  is_initialized = is_logged_in = FALSE;
  return CKR_OK;
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  (void)present;
  if (!is_initialized) return CKR_CRYPTOKI_NOT_INITIALIZED;
  if (slots && *count < 1) return CKR_BUFFER_TOO_SMALL;
  if (slots) slots[0] = SLOT;
  *count = 1;
  return CKR_OK;
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  if (slot != SLOT) return CKR_SLOT_ID_INVALID;
  memset(info, 0, sizeof *info);
  memset(info->label, ' ', sizeof info->label);
  memset(info->manufacturerID, ' ', sizeof info->manufacturerID);
  memset(info->model, ' ', sizeof info->model);
  memset(info->serialNumber, ' ', sizeof info->serialNumber);
  memcpy(info->label, label, min(label_length, sizeof info->label));
  memcpy(info->serialNumber, SERIAL, strlen(SERIAL));
  info->flags = CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_TOKEN_INITIALIZED | CKF_WRITE_PROTECTED |
                (was_wrong ? CKF_USER_PIN_COUNT_LOW : 0);
  info->ulMinPinLen = 4;
  info->ulMaxPinLen = 255;
  return CKR_OK;
}

static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  static const CK_MECHANISM_TYPE offered[] = {CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS};
  if (slot != SLOT) return CKR_SLOT_ID_INVALID;
  if (list && *count < 2) return CKR_BUFFER_TOO_SMALL;
  if (list) memcpy(list, offered, sizeof offered);
  *count = 2;
  return CKR_OK;
}

static Session *session_of(CK_SESSION_HANDLE handle) {
  if (handle < 1 || handle > MAX_SESSIONS || !sessions[handle - 1].is_open) return NULL;
  return &sessions[handle - 1];
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify,
                          CK_SESSION_HANDLE_PTR handle) {
  (void)application, (void)notify;
  if (!is_initialized) return CKR_CRYPTOKI_NOT_INITIALIZED;
  if (slot != SLOT) return CKR_SLOT_ID_INVALID;
  if (!(flags & CKF_SERIAL_SESSION)) return CKR_SESSION_PARALLEL_NOT_SUPPORTED;
  for (CK_ULONG n = 0; n < MAX_SESSIONS; n++) {
    if (sessions[n].is_open) continue;
    sessions[n] = (Session){.is_open = TRUE};
    *handle = n + 1;
    return CKR_OK;
  }
  return CKR_SESSION_COUNT;
}

/* The login goes with the last session (PKCS#11 v2.40, C_CloseSession). */
static CK_RV close_session(CK_SESSION_HANDLE handle) {
  Session *session = session_of(handle);
  if (!session) return CKR_SESSION_HANDLE_INVALID;
  session->is_open = FALSE;
  for (CK_ULONG n = 0; n < MAX_SESSIONS; n++)
    if (sessions[n].is_open) return CKR_OK;
  is_logged_in = FALSE;
  return CKR_OK;
}

static CK_RV get_session_info(CK_SESSION_HANDLE handle, CK_SESSION_INFO_PTR info) {
  if (!session_of(handle)) return CKR_SESSION_HANDLE_INVALID;
  memset(info, 0, sizeof *info);
  info->slotID = SLOT;
  info->state = is_logged_in ? CKS_RO_USER_FUNCTIONS : CKS_RO_PUBLIC_SESSION;
  info->flags = CKF_SERIAL_SESSION;
  return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE handle, CK_USER_TYPE user, CK_UTF8CHAR_PTR given, CK_ULONG length) {
  if (!session_of(handle)) return CKR_SESSION_HANDLE_INVALID;
  if (user != CKU_USER) return CKR_USER_TYPE_INVALID;
  if (is_logged_in) return CKR_USER_ALREADY_LOGGED_IN;
  was_wrong = length != pin_length || memcmp(given, pin, length) != 0;
  if (was_wrong) return CKR_PIN_INCORRECT;
  is_logged_in = TRUE;
  return CKR_OK;
}

static CK_RV logout(CK_SESSION_HANDLE handle) {
  if (!session_of(handle)) return CKR_SESSION_HANDLE_INVALID;
  if (!is_logged_in) return CKR_USER_NOT_LOGGED_IN;
  is_logged_in = FALSE;
  return CKR_OK;
}

static const CK_ATTRIBUTE *attribute_of(const Object *object, CK_ATTRIBUTE_TYPE type) {
  for (CK_ULONG n = 0; n < object->count; n++)
    if (object->attributes[n].type == type) return &object->attributes[n];
  return NULL;
}

static BOOL matches(const Object *object, const CK_ATTRIBUTE *wanted, CK_ULONG count) {
  for (CK_ULONG n = 0; n < count; n++) {
    const CK_ATTRIBUTE *has = attribute_of(object, wanted[n].type);
    if (!has || has->ulValueLen != wanted[n].ulValueLen ||
        memcmp(has->pValue, wanted[n].pValue, has->ulValueLen) != 0)
      return FALSE;
  }
  return TRUE;
}

/* The key is found only after a login, certificates always. */
static CK_RV find_objects_init(CK_SESSION_HANDLE handle, CK_ATTRIBUTE_PTR wanted, CK_ULONG count) {
  Session *session = session_of(handle);
  if (!session) return CKR_SESSION_HANDLE_INVALID;
  session->found_count = session->found_next = 0;
  for (CK_ULONG n = is_logged_in ? 0 : 1; n < object_count; n++)
    if (matches(&objects[n], wanted, count)) session->found[session->found_count++] = n + 1;
  return CKR_OK;
}

static CK_RV find_objects(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE_PTR found, CK_ULONG room,
                          CK_ULONG_PTR count) {
  Session *session = session_of(handle);
  if (!session) return CKR_SESSION_HANDLE_INVALID;
  for (*count = 0; *count < room && session->found_next < session->found_count; (*count)++)
    found[*count] = session->found[session->found_next++];
  return CKR_OK;
}

static CK_RV find_objects_final(CK_SESSION_HANDLE handle) {
  return session_of(handle) ? CKR_OK : CKR_SESSION_HANDLE_INVALID;
}

static CK_RV get_attribute_value(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR wanted,
                                 CK_ULONG count) {
  CK_RV answer = CKR_OK;
  if (!session_of(handle)) return CKR_SESSION_HANDLE_INVALID;
  if (object < 1 || object > object_count) return CKR_OBJECT_HANDLE_INVALID;
  for (CK_ULONG n = 0; n < count; n++) {
    const CK_ATTRIBUTE *has = attribute_of(&objects[object - 1], wanted[n].type);
    BOOL fits = has && (!wanted[n].pValue || wanted[n].ulValueLen >= has->ulValueLen);
    if (!has) answer = CKR_ATTRIBUTE_TYPE_INVALID;
    else if (!fits) answer = CKR_BUFFER_TOO_SMALL;
    else if (wanted[n].pValue) memcpy(wanted[n].pValue, has->pValue, has->ulValueLen);
    wanted[n].ulValueLen = fits ? has->ulValueLen : (CK_ULONG)-1;
  }
  return answer;
}

static CK_RV sign_init(CK_SESSION_HANDLE handle, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE object) {
  Session *session = session_of(handle);
  if (!session) return CKR_SESSION_HANDLE_INVALID;
  if (!is_logged_in) return CKR_USER_NOT_LOGGED_IN;
  if (session->mechanism) return CKR_OPERATION_ACTIVE;
  if (object != 1) return CKR_KEY_HANDLE_INVALID;
  if (mechanism->mechanism != CKM_RSA_PKCS && mechanism->mechanism != CKM_SHA256_RSA_PKCS)
    return CKR_MECHANISM_INVALID;
  session->mechanism = mechanism->mechanism;
  return CKR_OK;
}

/* The digest to be signed: of the data, or what the data says. */
static BOOL digest_of(CK_MECHANISM_TYPE mechanism, BYTE *data, ULONG length, BYTE *digest) {
  static BCRYPT_ALG_HANDLE sha256;
  if (mechanism == CKM_RSA_PKCS) {
    if (length != sizeof DIGEST_INFO + DIGEST || memcmp(data, DIGEST_INFO, sizeof DIGEST_INFO) != 0) return FALSE;
    memcpy(digest, data + sizeof DIGEST_INFO, DIGEST);
    return TRUE;
  }
  if (!sha256 && BCryptOpenAlgorithmProvider(&sha256, BCRYPT_SHA256_ALGORITHM, NULL, 0)) return FALSE;
  return BCryptHash(sha256, NULL, 0, data, length, digest, DIGEST) == 0;
}

static CK_RV sign(CK_SESSION_HANDLE handle, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature,
                  CK_ULONG_PTR signature_length) {
  BCRYPT_PKCS1_PADDING_INFO padding = {BCRYPT_SHA256_ALGORITHM};
  BYTE digest[DIGEST];
  Session *session = session_of(handle);
  if (!session) return CKR_SESSION_HANDLE_INVALID;
  if (!session->mechanism) return CKR_OPERATION_NOT_INITIALIZED;
  CK_MECHANISM_TYPE mechanism = session->mechanism;
  session->mechanism = 0;
  if (!digest_of(mechanism, data, length, digest)) return CKR_DATA_INVALID;
  if (BCryptSignHash(key, &padding, digest, DIGEST, signature, *signature_length, signature_length,
                     BCRYPT_PAD_PKCS1))
    return CKR_DEVICE_ERROR;
  return CKR_OK;
}

static CK_RV not_supported(void) { return CKR_FUNCTION_NOT_SUPPORTED; }

__declspec(dllexport) CK_RV soft_token(CK_FUNCTION_LIST_PTR_PTR list) {
  static CK_FUNCTION_LIST functions = {.version = {2, 40}};
  CK_RV (*rest)(void) = not_supported;
  for (BYTE *at = (BYTE *)&functions.C_Initialize; at < (BYTE *)(&functions + 1); at += sizeof rest)
    memcpy(at, &rest, sizeof rest);
  functions.C_Initialize = initialize;
  functions.C_Finalize = finalize;
  functions.C_GetSlotList = get_slot_list;
  functions.C_GetTokenInfo = get_token_info;
  functions.C_GetMechanismList = get_mechanism_list;
  functions.C_OpenSession = open_session;
  functions.C_CloseSession = close_session;
  functions.C_GetSessionInfo = get_session_info;
  functions.C_Login = login;
  functions.C_Logout = logout;
  functions.C_FindObjectsInit = find_objects_init;
  functions.C_FindObjects = find_objects;
  functions.C_FindObjectsFinal = find_objects_final;
  functions.C_GetAttributeValue = get_attribute_value;
  functions.C_SignInit = sign_init;
  functions.C_Sign = sign;
  *list = &functions;
  return CKR_OK;
}

/* It is a module by itself too. */
CK_DEFINE_FUNCTION(CK_RV, C_GetFunctionList)(CK_FUNCTION_LIST_PTR_PTR list) { return soft_token(list); }
